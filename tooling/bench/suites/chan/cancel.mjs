/** What it costs to leave: so many wait, and are cancelled in random order. */
import { Chan } from "@conc/chan";
import { Effect, Fiber, Queue } from "effect";
import * as tsChan from "ts-chan";
import { byPromise, bySignal, bySignalAlone, bySource, cancelRows } from "../../src/cancelling.mjs";
import { ratioAtMost } from "../../src/targets.mjs";
import { peers } from "./peers.mjs";

const sizes = [1_000, 100_000];
// Of what costs microseconds each.
const fewer = [1_000, 10_000];

const receiving = (make, by) => (waiters) => {
  const ch = make();
  return by((source) => ch.recv(source), waiters);
};

/** Fibers that take from an empty queue. */
function byEffect(waiters) {
  const queue = Effect.runSync(Queue.bounded(1));
  const fibers = Array.from({ length: waiters }, () => Effect.runFork(Queue.take(queue)));
  const ended = fibers.map((fiber) => Effect.runPromise(Fiber.await(fiber)));
  return { cancels: fibers.map((fiber) => () => fiber.interruptUnsafe()), ended };
}

const within = (end = "") =>
  ratioAtMost(
    2,
    `@conc/chan, 100,000${end}`,
    `@conc/chan, 1,000${end}`,
    `one of 100,000 at most 2x one of 1,000${end}`,
  );

export const cancelling = {
  name: "cancel_100k",
  about:
    "so many wait to receive and are cancelled in random order; by the cancel calls alone, and until all callers have been told",
  unit: "ns per waiter",
  rounds: 4,
  targets: [within(), within(", until told")],
  go: { "Go, 1,000, until told": "chan cancel 1000", "Go, 100,000, until told": "chan cancel 100000" },
  candidates: () => {
    const [ours, oursBySignal] = [bySource, bySignal].map((by) => receiving(() => new Chan(), by));
    const theirs = receiving(() => new tsChan.Chan(), bySignal);
    return [
      ...cancelRows("@conc/chan", "ours", ours, sizes, false),
      ...cancelRows("@conc/chan", "ours", ours, sizes, true),
      ...cancelRows("as many promises rejected", "floor", byPromise, sizes, false),
      ...cancelRows("as many promises rejected", "floor", byPromise, sizes, true),
      ...cancelRows("@conc/chan by AbortSignals", "ours", oursBySignal, fewer, true),
      ...cancelRows("as many AbortControllers alone", "floor", bySignalAlone, fewer, false),
      ...cancelRows("ts-chan by AbortSignals", "peer", theirs, fewer, true),
      ...cancelRows("effect Queue", "peer", byEffect, fewer, true),
      ...peers
        .filter(({ cannot }) => cannot?.cancel !== undefined)
        .map(({ name, cannot }) => ({ name, cannot: cannot.cancel })),
    ];
  },
};
