import type { Context } from "@conc/context";
import { checkDuration } from "@conc/internal";
import { race } from "./race.ts";
import type { RedundantOptions } from "./redundant.ts";
import type { Ask, Winner } from "./types.ts";

/** How {@link hedged} is run. */
export interface HedgedOptions<Target, R> extends RedundantOptions<Target, R> {
  /** Milliseconds from an attempt to the next one; 0: all at once; Infinity: only after a failure. */
  readonly delay: number;
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
 * Order: targets are asked in the order they are given, none twice.
 * Throws: (rejects with) AggregateError, errors in target order, if all have ended, none was accepted and some failed; RangeError if there
 * are no targets or `delay` is not a number. When all answered and `accept` took none, it resolves to `undefined`.
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
  fn: Ask<Target, R>,
  options: HedgedOptions<Target, R> & { readonly accept?: never },
): Promise<Winner<Target, R>>;
export function hedged<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Ask<Target, R>,
  options: HedgedOptions<Target, R>,
): Promise<Winner<Target, R> | undefined>;
export function hedged<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Ask<Target, R>,
  options: HedgedOptions<Target, R>,
): Promise<Winner<Target, R> | undefined> {
  return race(ctx, targets, fn, () => {
    checkDuration("delay", options.delay);
    return { delay: options.delay, accept: options.accept };
  });
}
