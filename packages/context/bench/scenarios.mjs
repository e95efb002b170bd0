/**
 * What is compared. Each scenario gives candidates, the first of them ours; `run(times)` does the thing so many times. A target says how
 * the time of the candidate it names has to stand to ours.
 */
import { Chan } from "@conc/chan";
import { Mutex } from "@conc/sync";
import { Effect, Fiber } from "effect";
import { afterFunc, background, contextKey, withCancel, withTimeout, withValue } from "../dist/index.js";

const repeat = (fn) => (times) => {
  for (let i = 0; i < times; i++) fn(i);
};

const noop = () => {};

/** A child of a parent that lives on: made, and cancelled. Nobody listens: most contexts end like this, after their work. */
function createAndCancel(times) {
  const parent = withCancel(background());
  const controller = new AbortController();
  return {
    name: "create and cancel a child",
    candidates: [
      { name: "withCancel", times, run: repeat(() => withCancel(parent).cancel()) },
      { name: "AbortController", times: times / 20, run: repeat(() => new AbortController().abort()) },
      {
        name: "AbortSignal.any",
        times: times / 50,
        run: repeat(() => {
          const child = new AbortController();
          AbortSignal.any([controller.signal, child.signal]);
          child.abort();
        }),
      },
      {
        name: "effect fork and interrupt",
        times: times / 50,
        run: (count) =>
          Effect.runPromise(
            Effect.gen(function* () {
              for (let i = 0; i < count; i++) yield* Fiber.interrupt(yield* Effect.forkChild(Effect.never));
            }),
          ),
      },
    ],
    targets: { AbortController: 10, "AbortSignal.any": 20 },
  };
}

/** The same, when the platform has been handed the context: a signal with a listener. */
function withSignal(times) {
  const parent = withCancel(background());
  const controller = new AbortController();
  return {
    name: "the same, with a listener on the signal",
    candidates: [
      {
        name: "withCancel",
        times,
        run: repeat(() => {
          const child = withCancel(parent);
          child.signal.addEventListener("abort", noop);
          child.cancel();
        }),
      },
      {
        name: "AbortController",
        times,
        run: repeat(() => {
          const child = new AbortController();
          child.signal.addEventListener("abort", noop);
          child.abort();
        }),
      },
      {
        name: "AbortSignal.any",
        times,
        run: repeat(() => {
          const child = new AbortController();
          AbortSignal.any([controller.signal, child.signal]).addEventListener("abort", noop);
          child.abort();
        }),
      },
    ],
  };
}

/** A time limit that is not reached. AbortSignal.timeout cannot be taken back: its timer stays until it fires. */
function timeouts(times) {
  const parent = withCancel(background());
  const controller = new AbortController();
  return {
    name: "a timeout that is not needed",
    candidates: [
      { name: "withTimeout", times, run: repeat(() => withTimeout(parent, 10_000).cancel()) },
      {
        name: "setTimeout and clearTimeout alone",
        times,
        run: repeat(() => clearTimeout(setTimeout(noop, 10_000))),
      },
      { name: "AbortSignal.timeout", times: times / 50, run: repeat(() => AbortSignal.timeout(500)) },
      {
        name: "any of AbortSignal.timeout",
        times: times / 50,
        run: repeat(() => AbortSignal.any([controller.signal, AbortSignal.timeout(500)])),
      },
    ],
  };
}

function afterFuncs(times) {
  const parent = withCancel(background());
  const { signal } = new AbortController();
  return {
    name: "register a callback and take it back",
    candidates: [
      { name: "afterFunc and stop", times, run: repeat(() => afterFunc(parent, noop)()) },
      {
        name: "addEventListener and removeEventListener",
        times,
        run: repeat(() => {
          signal.addEventListener("abort", noop);
          signal.removeEventListener("abort", noop);
        }),
      },
    ],
  };
}

// A wait is parked, and then served or cancelled; the one under a context beside the one without.
function waits(name, times, { wait, serve }) {
  const parent = withCancel(background());
  const { signal } = new AbortController();
  const served = (cancel) => async (count) => {
    for (let i = 0; i < count; i++) {
      const waiting = wait(cancel);
      serve();
      await waiting;
    }
  };
  return [
    {
      name: `${name} that waits and is served`,
      candidates: [
        { name: "under a context", times, run: served(parent) },
        { name: "without", times, run: served(undefined) },
        { name: "under a bare signal", times, run: served(signal) },
      ],
    },
    {
      name: `${name} that waits and is cancelled`,
      candidates: [
        {
          name: "under a child context",
          times: times / 8,
          run: async (count) => {
            for (let i = 0; i < count; i++) {
              const ctx = withCancel(parent);
              const waiting = wait(ctx).catch(noop);
              ctx.cancel();
              await waiting;
            }
          },
        },
        {
          name: "under a controller of its own",
          times: times / 8,
          run: async (count) => {
            for (let i = 0; i < count; i++) {
              const controller = new AbortController();
              const waiting = wait(controller.signal).catch(noop);
              controller.abort();
              await waiting;
            }
          },
        },
      ],
      atMost: { "under a controller of its own": 1.3 },
    },
  ];
}

function receives(times) {
  const ch = new Chan();
  return waits("a receive", times, { wait: (cancel) => ch.recv(cancel), serve: () => ch.trySend(1) });
}

function locks(times) {
  const mu = new Mutex();
  let held = mu.tryLock();
  return waits("a lock", times, {
    wait: (cancel) =>
      mu.lock(cancel).then((next) => {
        held = next;
      }),
    serve: () => held.unlock(),
  });
}

export function comparisons(times) {
  return [
    createAndCancel(times),
    withSignal(times / 20),
    timeouts(times),
    afterFuncs(times),
    ...receives(times / 4),
    ...locks(times / 4),
  ];
}

const now = () => performance.now();

/** Nanoseconds a context to cancel a tree of `size`, in which each context has four below it; the tree is made before. */
export function cancelTree(size) {
  const all = [withCancel(background())];
  for (let i = 1; i < size; i++) all.push(withCancel(all[(i - 1) >> 2]));
  const start = now();
  all[0].cancel();
  return ((now() - start) * 1e6) / size;
}

/** The same tree of AbortSignal.any. */
export function abortTree(size) {
  const controller = new AbortController();
  const all = [controller.signal];
  for (let i = 1; i < size; i++) all.push(AbortSignal.any([all[(i - 1) >> 2]]));
  const start = now();
  controller.abort();
  return ((now() - start) * 1e6) / size;
}

/** Nanoseconds to look up a value that was set `depth` contexts above. */
export function lookUp(depth, times) {
  const key = contextKey("key");
  let ctx = withValue(background(), key, 1);
  for (let i = 0; i < depth; i++) ctx = i % 2 === 0 ? withCancel(ctx) : withValue(ctx, contextKey("other"), i);
  let sum = 0;
  const start = now();
  for (let i = 0; i < times; i++) sum += ctx.value(key);
  return sum === times ? ((now() - start) * 1e6) / times : Number.NaN;
}

/** Bytes that `count` living children hold, each. */
export function bytesPerChild(make, count) {
  const children = new Array(count);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count; i++) children[i] = make();
  globalThis.gc();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  return children.length === count ? bytes : Number.NaN;
}

export function memory(count) {
  const parent = withCancel(background());
  const { signal } = new AbortController();
  return {
    withCancel: bytesPerChild(() => withCancel(parent), count),
    "withCancel, its signal asked for": bytesPerChild(() => {
      const ctx = withCancel(parent);
      return [ctx, ctx.signal];
    }, count),
    AbortController: bytesPerChild(() => {
      const controller = new AbortController();
      return [controller, controller.signal];
    }, count),
    "AbortSignal.any": bytesPerChild(() => AbortSignal.any([signal]), count),
  };
}
