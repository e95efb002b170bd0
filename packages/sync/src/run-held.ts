import type { Held } from "./locker.ts";

/** Runs `fn` and gives `held` back when it has ended, in whatever way: a `throw undefined` stays a failure. */
export async function runHeld<R>(held: Held, fn: () => R): Promise<Awaited<R>> {
  try {
    return await fn();
  } finally {
    held.unlock();
  }
}
