import { describe, expect, it } from "vitest";
import {
  Cond,
  go,
  type Held,
  KeyedMutex,
  Mutex,
  Once,
  onceValue,
  RWMutex,
  Semaphore,
  WaitGroup,
} from "../src/index.ts";

const contenders = 10;
const grants = 10_000;

// Everything by which one task at a time may go on.
const exclusive: [string, () => () => Promise<Held>][] = [
  ["a mutex", () => bind(new Mutex())],
  ["the write side of an RWMutex", () => bind(new RWMutex())],
  ["a key of a KeyedMutex", () => keyed(new KeyedMutex<string>())],
  ["all keys of a KeyedMutex", () => allOf(new KeyedMutex<string>())],
  ["a semaphore of one", () => permits(new Semaphore(1))],
];
const bind = (mu: { lock(): Promise<Held> }) => () => mu.lock();
const keyed = (mu: KeyedMutex<string>) => () => mu.lock("key");
const allOf = (mu: KeyedMutex<string>) => () => mu.lockAll(["a", "b"]);
const permits = (sem: Semaphore) => () => sem.acquire();

describe.each(exclusive)("tasks that all want %s, again and again", (_, make) => {
  it("get it equally often, and none waits longer than one turn of each other", async () => {
    const lock = make();
    const counts = new Array<number>(contenders).fill(0);
    const lastGrant = new Array<number>(contenders).fill(0);
    let granted = 0;
    let longestWait = 0;
    const contend = async (me: number) => {
      while (granted < grants) {
        const held = await lock();
        granted++;
        counts[me] = (counts[me] ?? 0) + 1;
        if (granted > contenders) longestWait = Math.max(longestWait, granted - (lastGrant[me] ?? 0));
        lastGrant[me] = granted;
        // Some hold it longer than others, which must not cost them turns.
        for (let i = 0; i < me % 3; i++) await Promise.resolve();
        held.unlock();
      }
    };
    await Promise.all(counts.map((_count, me) => contend(me)));
    const expected = granted / contenders;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 9 degrees of freedom: chance alone would be above this once in a thousand times; strict turns are far below.
    expect(chiSquare).toBeLessThan(27.88);
    expect(longestWait).toBeLessThanOrEqual(contenders);
  }, 60_000);
});

describe("a task that never leaves the microtask queue lets timers have their turn", () => {
  const mu = new Mutex();
  const rw = new RWMutex();
  const keys = new KeyedMutex<number>();
  const sem = new Semaphore(2);
  const once = new Once();
  const value = onceValue(() => 1);
  const wg = new WaitGroup();
  const cond = new Cond(mu);
  const loops: [string, () => Promise<unknown>][] = [
    ["Mutex.lock", async () => (await mu.lock()).unlock()],
    ["Mutex.runExclusive", () => mu.runExclusive(() => undefined)],
    ["RWMutex.lock", async () => (await rw.lock()).unlock()],
    ["RWMutex.rLock", async () => (await rw.rLock()).unlock()],
    ["KeyedMutex.lock", async () => (await keys.lock(1)).unlock()],
    ["KeyedMutex.lockAll", async () => (await keys.lockAll([1, 2])).unlock()],
    ["Semaphore.acquire", async () => (await sem.acquire()).unlock()],
    ["Semaphore.run", () => sem.run(() => undefined)],
    ["Once.do", () => once.do(() => undefined)],
    ["onceValue", () => value()],
    ["WaitGroup.wait", () => wg.wait()],
    [
      "WaitGroup.go",
      () => {
        wg.go(() => undefined);
        return wg.wait();
      },
    ],
    ["go", () => go(() => undefined)],
    ["a refused call", () => mu.lock(AbortSignal.abort()).catch(() => undefined)],
    ["two that hand a mutex to each other", () => Promise.all([1, 2].map(async () => (await mu.lock()).unlock()))],
    [
      "Cond.wait and signal",
      async () => {
        await mu.lock();
        const waiting = cond.wait();
        cond.signal();
        await waiting;
        mu.unlock();
      },
    ],
  ];

  it.each(loops)(
    "%s",
    async (_, step) => {
      let timerRan = false;
      setTimeout(() => {
        timerRan = true;
      }, 0);
      const start = performance.now();
      while (!timerRan && performance.now() - start < 5000) await step();
      expect(timerRan).toBe(true);
    },
    60_000,
  );
});
