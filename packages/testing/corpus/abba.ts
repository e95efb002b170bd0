import { Mutex } from "@conc/sync";
import { all, type Program } from "./program.ts";

async function both(first: Mutex, second: Mutex): Promise<void> {
  await first.lock();
  await second.lock();
  second.unlock();
  first.unlock();
}

/** Two locks, taken in two orders. */
export const abba: Program = {
  name: "ABBA deadlock",
  kind: "deadlock",
  buggy: () => {
    const [a, b] = [new Mutex({ name: "a" }), new Mutex({ name: "b" })];
    return all(
      () => both(a, b),
      () => both(b, a),
    );
  },
  correct: () => {
    const [a, b] = [new Mutex({ name: "a" }), new Mutex({ name: "b" })];
    return all(
      () => both(a, b),
      () => both(a, b),
    );
  },
};
