/** Contexts that are made and come to an end, one at a time, under a parent that lives on. */
import { afterFunc, background, withCancel, withTimeout } from "@conc/context";
import { Effect, Fiber } from "effect";
import { atMost, fasterThan } from "../../src/targets.mjs";

const count = 40_000;
const noop = () => {};

// Each loop stands written out, since one that is handed a function calls it for all candidates, and none of them is compiled into it.
const child = {
  name: "child",
  about: "a child is made and cancelled; nobody listens, as most contexts end, after their work",
  unit: "ns each",
  count,
  targets: [fasterThan(20, "AbortSignal.any"), fasterThan(10, "AbortController"), atMost(1.5, "Go")],
  go: { Go: "context child" },
  candidates: () => {
    const parent = withCancel(background());
    const controller = new AbortController();
    return [
      {
        name: "withCancel",
        role: "ours",
        run: (times) => {
          for (let i = 0; i < times; i++) withCancel(parent).cancel();
        },
      },
      {
        name: "AbortController",
        run: (times) => {
          for (let i = 0; i < times; i++) new AbortController().abort();
        },
      },
      {
        name: "AbortSignal.any",
        run: (times) => {
          for (let i = 0; i < times; i++) {
            const own = new AbortController();
            AbortSignal.any([controller.signal, own.signal]);
            own.abort();
          }
        },
      },
      {
        name: "effect, fork and interrupt",
        run: (times) =>
          Effect.runPromise(
            Effect.gen(function* () {
              for (let i = 0; i < times; i++) yield* Fiber.interrupt(yield* Effect.forkChild(Effect.never));
            }),
          ),
      },
    ];
  },
};

const listened = {
  name: "child_signal",
  about: "the same, when the platform has been handed it: its signal has a listener",
  unit: "ns each",
  count: count / 10,
  candidates: () => {
    const parent = withCancel(background());
    const controller = new AbortController();
    return [
      {
        name: "withCancel",
        role: "ours",
        run: (times) => {
          for (let i = 0; i < times; i++) {
            const own = withCancel(parent);
            own.signal.addEventListener("abort", noop);
            own.cancel();
          }
        },
      },
      {
        name: "AbortController",
        run: (times) => {
          for (let i = 0; i < times; i++) {
            const own = new AbortController();
            own.signal.addEventListener("abort", noop);
            own.abort();
          }
        },
      },
      {
        name: "AbortSignal.any",
        run: (times) => {
          for (let i = 0; i < times; i++) {
            const own = new AbortController();
            AbortSignal.any([controller.signal, own.signal]).addEventListener("abort", noop);
            own.abort();
          }
        },
      },
    ];
  },
};

const timeout = {
  name: "timeout",
  about:
    "a time limit that is not reached; that of AbortSignal.timeout cannot be taken back, its timer stays until it fires",
  unit: "ns each",
  count,
  go: { Go: "context timeout" },
  candidates: () => {
    const parent = withCancel(background());
    const controller = new AbortController();
    return [
      {
        name: "withTimeout",
        role: "ours",
        run: (times) => {
          for (let i = 0; i < times; i++) withTimeout(parent, 10_000).cancel();
        },
      },
      {
        name: "setTimeout and clearTimeout alone",
        role: "floor",
        run: (times) => {
          for (let i = 0; i < times; i++) clearTimeout(setTimeout(noop, 10_000));
        },
      },
      {
        name: "AbortSignal.timeout",
        count: count / 50,
        run: (times) => {
          for (let i = 0; i < times; i++) AbortSignal.timeout(500);
        },
      },
      {
        name: "AbortSignal.any of AbortSignal.timeout",
        count: count / 50,
        run: (times) => {
          for (let i = 0; i < times; i++) AbortSignal.any([controller.signal, AbortSignal.timeout(500)]);
        },
      },
    ];
  },
};

const callback = {
  name: "callback",
  about: "a callback for the end is registered and taken back",
  unit: "ns each",
  count,
  candidates: () => {
    const parent = withCancel(background());
    const { signal } = new AbortController();
    return [
      {
        name: "afterFunc and stop",
        role: "ours",
        run: (times) => {
          for (let i = 0; i < times; i++) afterFunc(parent, noop)();
        },
      },
      {
        name: "addEventListener and removeEventListener",
        run: (times) => {
          for (let i = 0; i < times; i++) {
            signal.addEventListener("abort", noop);
            signal.removeEventListener("abort", noop);
          }
        },
      },
    ];
  },
};

export const ends = [child, listened, timeout, callback];
