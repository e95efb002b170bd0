import type { Context } from "@conc/context";
import { checkDuration, checkFunction, checkWhole, describe } from "@conc/internal";
import type { Budget } from "./budget.ts";
import type { HedgeEvent } from "./hedge-event.ts";
import { loudly } from "./loudly.ts";
import type { Percentile } from "./percentile.ts";
import { pushbackOf } from "./pushback.ts";
import { race } from "./race.ts";
import type { RacePlan } from "./race-plan.ts";
import type { RedundantOptions } from "./redundant.ts";
import type { Work, Winner } from "./types.ts";

/**
 * How long to wait for an answer before the next attempt is sent, in milliseconds. 0: all at once; Infinity: only after a failure.
 * A function gets how many attempts have been sent, so 1 for the first hedge. A {@link Percentile} follows what calls took lately.
 */
export type Delay = number | ((sent: number) => number) | Percentile;

/** How {@link hedged} is run. */
export interface HedgedOptions<Target, R> extends RedundantOptions<Target, R> {
  readonly delay: Delay;
  /**
   * How many attempts are made at the most, the first included; absent: one per target. If it is more, targets are asked again, each once
   * before any is asked a third time.
   */
  readonly maxAttempts?: number;
  /** What the attempts after the first are paid from, those after a failure included; absent: they are free. */
  readonly budget?: Pick<Budget, "deposit" | "tryWithdraw">;
  /** Whether the next attempt may be made after this failure; if not, the call ends with it at once. Absent: always. */
  readonly nonFatal?: (reason: unknown, target: Target, index: number) => boolean;
  /**
   * How many milliseconds a failed server asks to be left alone: the next attempt is sent no earlier. Negative: no more attempts.
   * Absent: a number `retryAfter` of the error, in milliseconds, or a `retry-after` header of the error or its `response`.
   */
  readonly pushback?: (reason: unknown) => number | undefined;
  /** Hears of everything that happens, in the step in which it does. */
  readonly observe?: (event: HedgeEvent<Target>) => void;
}

/**
 * Asks the first target, and the next one only if the answer is late or a failure: the first answer wins. So a slow target costs a delay
 * and not its whole slowness, and the extra load is only what was late.
 *
 * The winner settles the call at once. The others are cancelled in that same step; `winner.losers` resolves when they have ended,
 * for who wants to wait for them. Whatever they still reject with is observed. The winner's context is not cancelled, so that the
 * body of a response can be read.
 *
 * Blocks: until the first accepted answer.
 * Cancel: rejects with `ctx.err` at once, and every attempt is cancelled.
 * Order: targets are asked in the order they are given, and none twice while others are left.
 * Deadline: the caller's covers all attempts. With a {@link Percentile}, no hedge is sent when less time is left than half the calls take.
 * Throws: (rejects with) AggregateError, errors in target order, if all have ended, none was accepted and some failed; a failure that is not
 * `nonFatal`, as it is; RangeError or TypeError for a bad argument, no targets included. When all answered and `accept` took none, it resolves to `undefined`.
 *
 * Go has no counterpart.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { background } from "@conc/context";
 * import { hedged } from "@conc/patterns";
 *
 * const ask = async (ctx: { signal: AbortSignal }, ms: number) => {
 *   await sleep(ms, ctx);
 *   return `slept ${ms} ms`;
 * };
 * const winner = await hedged(background(), [60_000, 1], ask, { delay: 10 });
 * console.log(winner.value, "after", winner.attempts, "attempts"); // => slept 1 ms after 2 attempts
 * ```
 */
export function hedged<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  options: HedgedOptions<Target, R> & { readonly accept?: never },
): Promise<Winner<Target, R>>;
export function hedged<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  options: HedgedOptions<Target, R>,
): Promise<Winner<Target, R> | undefined>;
export function hedged<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  options: HedgedOptions<Target, R>,
): Promise<Winner<Target, R> | undefined> {
  return race(ctx, targets, fn, () => planOf(options ?? {}));
}

function planOf<Target, R>(options: HedgedOptions<Target, R>): RacePlan<Target, R> {
  const { delay, maxAttempts, accept, nonFatal, budget, pushback = pushbackOf, observe } = options;
  if (maxAttempts !== undefined) checkWhole("maxAttempts", maxAttempts, 1);
  if (accept !== undefined) checkFunction("accept", accept);
  if (nonFatal !== undefined) checkFunction("nonFatal", nonFatal);
  if (observe !== undefined) checkFunction("observe", observe);
  checkFunction("pushback", pushback);
  if (budget !== undefined && typeof (budget as Partial<Budget> | null)?.tryWithdraw !== "function") {
    throw new TypeError(`budget: expected a Budget, got ${describe(budget)}`);
  }
  const latency = latencyOf(delay);
  return {
    delay: timing(delay, latency),
    latency,
    maxAttempts,
    accept,
    nonFatal,
    pushback,
    budget,
    observe: observe && loudly(observe),
  };
}

function latencyOf(delay: Delay): Percentile | undefined {
  return typeof (delay as Partial<Percentile> | null)?.recordAtLeast === "function" ? (delay as Percentile) : undefined;
}

function timing(delay: Delay, latency: Percentile | undefined): (sent: number) => number {
  if (latency !== undefined) return () => latency.delay;
  if (typeof delay === "function") {
    return (sent) => {
      const ms = delay(sent);
      checkDuration("delay", ms);
      return ms;
    };
  }
  const ms = delay as number;
  checkDuration("delay", ms);
  return () => ms;
}
