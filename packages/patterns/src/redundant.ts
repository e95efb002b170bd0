import type { Context } from "@conc/context";
import { checkFunction } from "@conc/internal";
import { race } from "./race.ts";
import type { RacePlan } from "./race-plan.ts";
import type { Work, Winner } from "./types.ts";

/** How {@link redundant} is run. */
export interface RedundantOptions<Target, R> {
  /** Whether an answer may win. One that is refused is no winner, and no failure either. */
  readonly accept?: (value: R, target: Target, index: number) => boolean;
}

/**
 * Asks all targets at once, and gives the first answer. It is `hedged` with a delay of 0: the same engine, the same rules.
 *
 * The winner settles the call at once. The others are cancelled in that same step; `winner.losers` resolves when they have ended,
 * for who wants to wait for them. Whatever they still reject with is observed. The winner's context is not cancelled, so that the
 * body of a response can be read.
 *
 * Blocks: until the first accepted answer.
 * Cancel: rejects with `ctx.err` at once, and every attempt is cancelled.
 * Throws: (rejects with) AggregateError, errors in target order, if all have ended, none was accepted and some failed; RangeError if there
 * are no targets. When all answered and `accept` took none, it resolves to `undefined`.
 *
 * Go has no counterpart.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { background } from "@conc/context";
 * import { redundant } from "@conc/patterns";
 *
 * const winner = await redundant(background(), [30, 1, 20], async (ctx, ms) => {
 *   await sleep(ms, ctx);
 *   return `slept ${ms} ms`;
 * });
 * console.log(winner.value, "of", winner.attempts); // => slept 1 ms of 3
 * await winner.losers;
 * ```
 */
export function redundant<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  options?: RedundantOptions<Target, R> & { readonly accept?: never },
): Promise<Winner<Target, R>>;
export function redundant<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  options: RedundantOptions<Target, R>,
): Promise<Winner<Target, R> | undefined>;
export function redundant<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  options: RedundantOptions<Target, R> = {},
): Promise<Winner<Target, R> | undefined> {
  return race(ctx, targets, fn, () => planOf(options));
}

function planOf<Target, R>({ accept }: RedundantOptions<Target, R>): RacePlan<Target, R> {
  if (accept !== undefined) checkFunction("accept", accept);
  return { delay: () => 0, accept };
}
