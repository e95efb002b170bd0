/** Waits under a context: parked, and then served or cancelled. */
import { Chan } from "@conc/chan";
import { background, withCancel } from "@conc/context";
import { Mutex } from "@conc/sync";
import { ratioAtMost } from "../../src/targets.mjs";

const count = 10_000;
const noop = () => {};

// Made once for each candidate, so that the engine sees one kind of source in it.
const kinds = {
  receive: () => {
    const ch = new Chan();
    return { wait: (cancel) => ch.recv(cancel), serve: () => ch.trySend(1) };
  },
  lock: () => {
    const mu = new Mutex();
    let held = mu.tryLock();
    const hold = (next) => {
      held = next;
    };
    return { wait: (cancel) => mu.lock(cancel).then(hold), serve: () => held.unlock() };
  },
};

const served = (kind, name, role, source) => {
  const { wait, serve } = kinds[kind]();
  return {
    name,
    role,
    run: async (times) => {
      for (let i = 0; i < times; i++) {
        const waiting = wait(source);
        serve();
        await waiting;
      }
    },
  };
};

const cancelled = (kind, name, role, make) => {
  const { wait } = kinds[kind]();
  return {
    name,
    role,
    run: async (times) => {
      for (let i = 0; i < times; i++) {
        const [source, cancel] = make();
        const waiting = wait(source).catch(noop);
        cancel();
        await waiting;
      }
    },
  };
};

export const waits = Object.keys(kinds).flatMap((kind) => [
  {
    name: `${kind}_served`,
    about: `a ${kind} that waits and is served`,
    unit: "ns each",
    count,
    targets: [ratioAtMost(1.3, "under a context", "without", `a ${kind} under a context at most 1.3x one without`)],
    candidates: () => [
      served(kind, "under a context", "ours", withCancel(background())),
      served(kind, "without", "variant", undefined),
      served(kind, "under a bare signal", "variant", new AbortController().signal),
    ],
  },
  {
    name: `${kind}_cancelled`,
    about: `a ${kind} that waits and is cancelled, by a context or a controller of its own`,
    unit: "ns each",
    count: count / 4,
    targets: [
      ratioAtMost(
        1.3,
        "by a context",
        "by an AbortController",
        `a cancelled ${kind} under a context at most 1.3x one without (by an AbortController)`,
      ),
    ],
    candidates: () => {
      const parent = withCancel(background());
      return [
        cancelled(kind, "by a context", "ours", () => {
          const ctx = withCancel(parent);
          return [ctx, ctx.cancel.bind(ctx)];
        }),
        cancelled(kind, "by an AbortController", "variant", () => {
          const controller = new AbortController();
          return [controller.signal, controller.abort.bind(controller)];
        }),
        cancelled(kind, "by an AbortController, with a reason that is no error", "variant", () => {
          const controller = new AbortController();
          return [controller.signal, () => controller.abort("gone")];
        }),
      ];
    },
  },
]);
