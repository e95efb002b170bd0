/* A Held that was given back is collected, in whatever order others are. */
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { seeded } from "@conc/internal";
import { describe, expect, it } from "vitest";
import { type Held, RWMutex, Semaphore } from "../src/index.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const takers: [string, () => () => Held][] = [
  ["RWMutex", () => readerOf(new RWMutex())],
  ["Semaphore", () => holderOf(new Semaphore(1_000))],
];

const readerOf = (rw: RWMutex) => () => rw.tryRLock() as Held;
const holderOf = (sem: Semaphore) => () => sem.tryAcquire() as Held;

const choose = seeded(1);
const orders: [string, (held: number) => number][] = [
  ["the oldest", () => 0],
  ["the youngest", (held) => held - 1],
  ["any", (held) => choose(held)],
];

const times = 20_000;

/** How many of those taken are left when all have been given back but `depth`; `next` says which is given back next. */
async function left(take: () => Held, depth: number, next: (held: number) => number): Promise<number> {
  const refs: WeakRef<Held>[] = [];
  const held: Held[] = [];
  for (let i = 0; i < times; i++) {
    const one = take();
    refs.push(new WeakRef(one));
    held.push(one);
    if (held.length > depth) held.splice(next(held.length), 1)[0]?.unlock();
  }
  // What a WeakRef has been made for stays until the turn is over.
  await setImmediate();
  gc();
  expect(held.length).toBe(depth);
  return refs.filter((ref) => ref.deref() !== undefined).length;
}

// As many spent ones as are held may stay among them, and a handful.
const atMost = (depth: number) => 2 * depth + 40;

describe.each(takers)("what a %s has given is collected", (_, make) => {
  describe.each(orders)("when %s is given back, and held are", (_order, next) => {
    it.each([0, 1, 2, 3, 50])("%i", async (depth) => {
      expect(await left(make(), depth, next)).toBeLessThanOrEqual(atMost(depth));
    });

    it.each([0, 1, 50])("the first and %i more", async (depth) => {
      const take = make();
      const first = take();
      expect(await left(take, depth, next)).toBeLessThanOrEqual(atMost(depth));
      first.unlock();
    });
  });
});
