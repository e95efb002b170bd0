import { checkFunction, refusal, type SignalSource } from "@conc/internal";
import type { Held } from "./locker.ts";

/**
 * Runs `fn` with what `take` takes, inside this call if it can, and gives it back when `fn` has ended, in whatever way: a
 * `throw undefined` stays a failure.
 */
export async function runHeld<R>(
  fn: () => R,
  cancel: SignalSource | undefined,
  take: () => Promise<Held>,
): Promise<Awaited<R>> {
  const refused = refusal(cancel);
  if (refused !== undefined) return refused;
  checkFunction("fn", fn);
  const held = await take();
  try {
    return await fn();
  } finally {
    held.unlock();
  }
}
