/** What many who come at once, waiting, leaving and taking turns cost. */
import * as conc from "@conc/sync";
import { byPromise, bySource, cancelRows } from "../../src/cancelling.mjs";
import { processorTime } from "../../src/measure.mjs";
import { bytesEach, bytesLeft } from "../../src/memory.mjs";
import { below, fasterThanEveryPeer, ratioAtMost } from "../../src/targets.mjs";
import { ours } from "./ours.mjs";
import { peers } from "./peers.mjs";
import { programOf } from "./program-of.mjs";

const runtime = globalThis[Symbol.for("@conc/runtime")];
const { Mutex, RWMutex, Semaphore } = conc;

/** The least that a lock can be: each who waits has a promise, and nothing but its `resolve` is kept, in an array. */
const bare = {
  name: "bare promises",
  make: () => ({ held: false, waiting: [], served: 0 }),
  acquire: (lock) => {
    if (lock.held) return new Promise((resolve) => lock.waiting.push(resolve));
    lock.held = true;
    return Promise.resolve();
  },
  release: (_nothing, lock) => {
    if (lock.served < lock.waiting.length) lock.waiting[lock.served++]();
    else lock.held = false;
  },
};

/** Ours, the others, and the least. */
async function bursts() {
  const [own, least, ...others] = await Promise.all(
    [ours.lock(conc), bare, ...peers.lock].map((peer) => programOf(peer, "burst")),
  );
  return { own, least, others };
}

const burst = {
  name: "burst 20,000",
  about: "so many come at once and are served one after the other; in Go as many goroutines",
  unit: "ns per waiter",
  count: 20_000,
  quickCount: 20_000,
  fixed: true,
  // With fewer the engine is still compiling when all has been measured.
  warmUps: 10,
  targets: [fasterThanEveryPeer(3)],
  go: { Go: "sync burst" },
  candidates: async () => {
    const { own, least, others } = await bursts();
    return [
      { ...own, role: "ours" },
      { ...least, role: "floor" },
      // A fiber each, started from outside, takes so long that less has to do.
      ...others.map((one) => (one.name === "effect" ? { ...one, count: 1_000 } : one)),
    ];
  },
};

// Longer than this nobody wants to wait for one burst of one library: nanoseconds.
const bearable = 10e9;

/** A burst from a clean heap, since each leaves much behind; a small one after others, so that it is compiled. */
async function timedBurst(run, count) {
  globalThis.gc();
  for (let before = count; before < 200_000; before += count) await run(count);
  globalThis.gc({ type: "minor" });
  const start = processorTime();
  await run(count);
  return processorTime() - start;
}

/** A library that would take too long says so by what it took for fewer. */
async function greatBurst({ name, run }, count) {
  for (const fewer of [1_000, 20_000, 100_000]) {
    const time = await timedBurst(run, fewer);
    if ((time * count) / fewer > bearable) {
      return { name, cannot: `${fewer.toLocaleString("en")} took ${(time / 1e9).toFixed(2)} s: not tried with more` };
    }
  }
  return { name, sample: async () => (await timedBurst(run, count)) / count };
}

const greater = {
  name: "burst 1,000,000",
  about:
    "the same with a million; beside it ours and bare promises with fewer: 20,000 have room among the young, which the collector is quick with, " +
    "more do not",
  unit: "ns per waiter",
  count: 1_000_000,
  quickCount: 200_000,
  rounds: 3,
  processes: 1,
  targets: [
    fasterThanEveryPeer(3),
    ratioAtMost(2, "@conc/sync", "@conc/sync, 100,000", "linear: one of the many at most 2x one of 100,000"),
  ],
  candidates: async ({ count }) => {
    const { own, least, others } = await bursts();
    const rows = [];
    for (const [{ name, run }, role] of [
      [own, "ours"],
      [least, "floor"],
    ]) {
      const sample = (waiters) => async () => (await timedBurst(run, waiters)) / waiters;
      rows.push({ name, role, sample: sample(count) });
      for (const fewer of [100_000, 20_000]) {
        rows.push({ name: `${name}, ${fewer.toLocaleString("en")}`, role, sample: sample(fewer) });
      }
    }
    for (const peer of others) rows.push(await greatBurst(peer, count));
    return rows;
  },
};

const turns = {
  name: "turns",
  about: "uncontended with turns of 10 ms, as always, beside the same without any",
  unit: "ns per operation",
  count: 160_000,
  targets: [ratioAtMost(1.05, "@conc/sync", "without turns", "turns cost at most 5 % of throughput")],
  candidates: async () => {
    const { budget } = runtime.turn;
    const { run } = await programOf(ours.lock(conc), "uncontended");
    const under = (ms) => async (operations) => {
      runtime.turn.budget = ms;
      await run(operations);
      runtime.turn.budget = budget;
    };
    return [
      { name: "@conc/sync", role: "ours", run: under(budget) },
      { name: "without turns", role: "variant", run: under(Number.POSITIVE_INFINITY) },
    ];
  },
};

const locked = () => {
  const mu = new Mutex();
  mu.tryLock();
  return mu;
};

const leaving = {
  name: "cancel_60k",
  about: "so many wait to lock and are cancelled in random order, until all callers have been told",
  unit: "ns per waiter",
  rounds: 5,
  targets: [
    ratioAtMost(
      2,
      "@conc/sync, 60,000, until told",
      "@conc/sync, 1,000, until told",
      "one of 60,000 at most 2x one of 1,000",
    ),
  ],
  candidates: () => [
    ...cancelRows(
      "@conc/sync",
      "ours",
      (waiters) => {
        const mu = locked();
        return bySource((source) => mu.lock(source), waiters);
      },
      [1_000, 60_000],
      true,
    ),
    ...cancelRows("as many promises rejected", "floor", byPromise, [1_000, 60_000], true),
  ],
};

const keep = (...values) => values.includes(null);

const parked = {
  name: "parked",
  about: "so many wait for one lock; their promises are the caller's, and are kept",
  unit: "bytes per waiter",
  count: 200_000,
  rounds: 3,
  processes: 1,
  targets: ["Mutex.lock", "RWMutex.rLock", "Semaphore.acquire"].map((of) => below(250, of)),
  go: { Go: "sync parked" },
  candidates: ({ count }) => {
    const waiting = (name, role, taken, wait) => ({
      name,
      role,
      sample: async () => {
        const { lock, held } = await taken();
        const bytes = bytesEach(() => wait(lock), count);
        // Whoever drops both has dropped all who wait.
        if (keep(lock, held)) throw new Error("expected a lock");
        return bytes;
      },
    });
    const taken = async (lock, acquire) => ({ lock, held: await acquire(lock) });
    // Effect's waiters are fibers of its own, and those of a `run` are its functions.
    const bare = peers.lock.filter(({ acquire }) => acquire !== undefined);
    return [
      waiting(
        "Mutex.lock",
        "ours",
        () => taken(new Mutex(), (mu) => mu.lock()),
        (mu) => mu.lock(),
      ),
      waiting(
        "RWMutex.rLock",
        "ours",
        () => taken(new RWMutex(), (rw) => rw.lock()),
        (rw) => rw.rLock(),
      ),
      waiting(
        "Semaphore.acquire",
        "ours",
        () => taken(new Semaphore(1), (sem) => sem.acquire()),
        (sem) => sem.acquire(),
      ),
      ...bare.map(({ name, make, acquire }) => waiting(name, "peer", () => taken(make(1), acquire), acquire)),
      { name: "a pending promise", role: "floor", sample: () => bytesEach(() => new Promise(() => {}), count) },
    ];
  },
};

const reading = {
  name: "read_memory",
  about: "what uncontended read locks leave on the heap, one after the other",
  unit: "bytes per read",
  count: 200_000,
  rounds: 3,
  processes: 1,
  targets: [below(1)],
  candidates: ({ count }) =>
    [ours.readLock(conc), ...peers.readLock].map(({ name, make, acquire, release }, i) => ({
      name,
      role: i === 0 ? "ours" : "peer",
      sample: () => {
        const lock = make();
        return bytesLeft(async (times) => {
          for (let n = 0; n < times; n++) release(await acquire(lock), lock);
        }, count);
      },
    })),
};

export const costs = [burst, greater, turns, leaving, parked, reading];
