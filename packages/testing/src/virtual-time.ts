import { checkFunction } from "@conc/internal";
import type { RunResult } from "./run-options.ts";
import { Session } from "./session.ts";
import { InOrder } from "./strategies/in-order.ts";

/**
 * Runs `fn` in virtual time: it stands still while any task can go on, and when all of them wait it goes straight to the next
 * timer. An hour of sleep costs nothing; what happens, happens in order, every time in the same.
 *
 * Resolves with what `fn` gave, once everything that it started has ended too. Covers what takes its time from these packages (sleeps,
 * timers, tickers, deadlines, hedges), not the platform's `setTimeout` and `Date`. While a promise of the platform's is under way (fetch,
 * files), time stands still; but browsers do not tell what is under way, so there the next timer comes first, if there is one.
 *
 * @throws (rejects with) what `fn` throws, and what a task of it throws that nobody handles; {@link DeadlockError} when all tasks
 * wait for each other; {@link LeakError} when `fn` has ended and something still waits that nothing can end
 *
 * Go: `synctest.Test`.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { virtualTime } from "@conc/testing";
 *
 * await virtualTime(async () => {
 *   await sleep(3_600_000);
 *   console.log("an hour later, at once"); // => an hour later, at once
 * });
 * ```
 */
export async function virtualTime<R>(fn: () => R): Promise<Awaited<R>> {
  checkFunction("fn", fn);
  const session = Session.open();
  let result: RunResult;
  try {
    const options = { maxSteps: 10_000_000, anyOrder: false, leaks: true, trace: false, sites: true };
    result = await session.run(fn, new InOrder(), options);
  } finally {
    session.close();
  }
  if (result.failure !== undefined) throw result.failure.error;
  return result.value as Awaited<R>;
}
