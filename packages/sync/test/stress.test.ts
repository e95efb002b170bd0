import { seeded } from "@conc/internal";
import { countListeners, flush, watch } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { Cond, type Held, KeyedMutex, Mutex, RWMutex, Semaphore, type SignalSource, WaitGroup } from "../src/index.ts";
import { checkSame } from "./support.ts";

/*
 * Many tasks that lock, hold, cancel and try by chance, over microtasks and turns of the event loop, with the real turn budget. Three
 * seeds that are always the same, and one that is new each time; CONC_SEED=n tests with that seed only.
 */
const given = Number(process.env["CONC_SEED"]);
const seeds = given > 0 ? [given] : [1, 2, 3, Date.now() % 1_000_000];
const tasks = 200;
const rounds = 40;

/** Chance, pauses and cancel sources for one run. */
class Run {
  readonly choose: (n: number) => number;
  readonly #listeners: { readonly now: number }[] = [];

  constructor(seed: number) {
    this.choose = seeded(seed);
  }

  async pause(): Promise<void> {
    const kind = this.choose(10);
    if (kind === 0) await flush();
    else for (let i = 0; i < kind % 4; i++) await Promise.resolve();
  }

  /** Mostly none; else one of its own, which may be cancelled at once or in a while. */
  cancel(): SignalSource | undefined {
    if (this.choose(3) > 0) return undefined;
    const controller = new AbortController();
    this.#listeners.push(countListeners(controller.signal));
    void this.pause().then(() => controller.abort("cancelled"));
    return this.choose(2) === 0 ? controller.signal : controller;
  }

  listeners(): number {
    return this.#listeners.reduce((sum, { now }) => sum + now, 0);
  }
}

/** What `wait` gives, or `undefined` when it was cancelled. */
async function orCancelled<T>(wait: Promise<T>): Promise<T | undefined> {
  try {
    return await wait;
  } catch (reason) {
    checkSame(reason, "cancelled", "the reason");
    return undefined;
  }
}

async function stress(seed: number, task: (run: Run, me: number) => Promise<void>): Promise<void> {
  const run = new Run(seed);
  const watched = watch();
  const repeat = async (me: number) => {
    for (let round = 0; round < rounds; round++) {
      await run.pause();
      await task(run, me);
    }
  };
  try {
    await Promise.all(Array.from({ length: tasks }, (_, me) => repeat(me)));
    expect([watched.waiting, run.listeners()]).toEqual([0, 0]);
  } finally {
    watched.stop();
  }
}

async function release(run: Run, held: Held): Promise<void> {
  await run.pause();
  held.unlock();
  if (run.choose(4) === 0) held.unlock();
}

describe.each(seeds)("under stress, seed %i", { timeout: 60_000 }, (seed) => {
  it("a mutex has one holder, and is free at the end", async () => {
    const mu = new Mutex();
    let inside = 0;
    await stress(seed, async (run) => {
      const held = run.choose(8) === 0 ? mu.tryLock() : await orCancelled(mu.lock(run.cancel()));
      if (held === undefined) return;
      checkSame(++inside, 1, "inside");
      await run.pause();
      inside--;
      await release(run, held);
    });
    expect(String(mu)).toBe("Mutex(unlocked)");
  });

  it("an RWMutex has readers or one writer, and is free at the end", async () => {
    const rw = new RWMutex();
    let readers = 0;
    let writers = 0;
    await stress(seed, async (run) => {
      if (run.choose(4) > 0) {
        const held = await orCancelled(rw.rLock(run.cancel()));
        if (held === undefined) return;
        readers++;
        checkSame(writers, 0, "writers");
        await run.pause();
        readers--;
        await release(run, held);
        return;
      }
      let held = await orCancelled(rw.lock(run.cancel()));
      if (held === undefined) return;
      checkSame(`${++writers} ${readers}`, "1 0", "writers and readers");
      await run.pause();
      writers--;
      if (run.choose(2) === 0) held = rw.downgrade(held);
      await release(run, held);
    });
    expect(String(rw)).toBe("RWMutex(unlocked)");
  });

  it("a semaphore never has more out than it ever allowed, and all of it back at the end", async () => {
    const sem = new Semaphore(10);
    let out = 0;
    await stress(seed, async (run, me) => {
      if (me === 0) sem.resize(5 + run.choose(6));
      const weight = run.choose(5) + 1;
      const held = await orCancelled(sem.acquire(weight, run.cancel()));
      if (held === undefined) return;
      out += weight;
      checkSame(out <= 10, true, "whether no more than 10 are out");
      await run.pause();
      out -= weight;
      await release(run, held);
    });
    sem.resize(10);
    expect(String(sem)).toBe("Semaphore(10 of 10 available)");
  });

  it("a keyed mutex has one holder for each key, no deadlock, and no key at the end", async () => {
    const mu = new KeyedMutex<number>();
    const inside = new Set<number>();
    await stress(seed, async (run) => {
      const keys = [...new Set(Array.from({ length: run.choose(4) }, () => run.choose(6)))];
      const held = await orCancelled(mu.lockAll(keys, run.cancel()));
      if (held === undefined) return;
      for (const key of keys) checkSame(inside.has(key), false, "whether somebody has the key");
      for (const key of keys) inside.add(key);
      await run.pause();
      for (const key of keys) inside.delete(key);
      await release(run, held);
    });
    expect(String(mu)).toBe("KeyedMutex(0 keys)");
  });

  it("a Cond loses no signal: what is put is taken, whoever is cancelled on the way", async () => {
    const mu = new Mutex();
    const notEmpty = new Cond(mu);
    let put = 0;
    let taken = 0;
    let free = 0;
    await stress(seed, async (run, me) => {
      using _ = await mu.lock();
      if (me % 2 === 0) {
        put++;
        free++;
        notEmpty.signal();
        return;
      }
      const cancel = run.cancel();
      try {
        while (free === 0) await notEmpty.wait(cancel);
      } catch (reason) {
        checkSame(`${reason} ${mu.locked}`, "cancelled true", "the reason, and whether the lock is held");
        // It did not take its own: it is put back, so that nobody waits for ever.
        put++;
        free++;
      }
      free--;
      taken++;
    });
    expect([taken + free, mu.locked, notEmpty.waiting]).toEqual([put, false, 0]);
  });

  it("readers who wait for a Cond each hold the read lock when they go on, and free it by their own Held", async () => {
    const rw = new RWMutex();
    const open = new Cond(rw.rLocker());
    let isOpen = false;
    let readers = 0;
    let left = tasks * rounds;
    await stress(seed, async (run) => {
      // Whoever waits at the end would have nobody to signal it.
      if (--left < tasks || run.choose(3) === 0) {
        using _ = await rw.lock();
        checkSame(readers, 0, "readers beside a writer");
        isOpen = left < tasks || run.choose(2) === 0;
        if (left < tasks || run.choose(2) === 0) open.broadcast();
        else open.signal();
        return;
      }
      const held = await rw.rLock();
      const cancel = run.cancel();
      try {
        await run.pause();
        while (!isOpen) await open.wait(cancel);
      } catch (reason) {
        checkSame(reason, "cancelled", "the reason");
      }
      readers++;
      checkSame(rw.locked, false, "a writer beside readers");
      await run.pause();
      readers--;
      await release(run, held);
    });
    expect([String(rw), open.waiting]).toEqual(["RWMutex(unlocked)", 0]);
  });

  it("a WaitGroup comes to zero when all its tasks have ended, and leaves nobody waiting", async () => {
    const wg = new WaitGroup();
    let running = 0;
    await stress(seed, async (run) => {
      if (run.choose(4) === 0) {
        const cancel = run.cancel();
        const waiting = wg.wait(cancel).then(() => true);
        await orCancelled(waiting);
        return;
      }
      running++;
      wg.go(async () => {
        await run.pause();
        running--;
      });
    });
    await wg.wait();
    expect([running, wg.count, wg.waiting]).toEqual([0, 0, 0]);
  });
});
