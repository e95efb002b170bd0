import { describe, runtime } from "@conc/internal";
import { DeadlineContext } from "./deadline-context.ts";
import type { CancelContext, Context } from "./types.ts";

/**
 * A context that is done at `date` at the latest; otherwise as {@link withTimeout}. A date that has passed: it is done already.
 *
 * The time left is measured once, now: setting the machine's clock later does not move the deadline.
 *
 * @throws TypeError if `parent` is not a context or `date` not a valid Date
 *
 * Go: `context.WithDeadline`, `context.WithDeadlineCause`.
 *
 * @example
 * ```ts
 * import { background, withDeadline } from "@conc/context";
 *
 * const closing = new Date("2001-01-01T20:00:00Z");
 * using ctx = withDeadline(background(), closing, "we are closed");
 * console.log(ctx.deadline?.toISOString(), ctx.err?.name, ctx.cause); // => 2001-01-01T20:00:00.000Z TimeoutError we are closed
 * ```
 */
export function withDeadline(parent: Context, date: Date, cause?: unknown): CancelContext {
  // By shape, not instanceof: a date of another realm is a date too.
  const deadline: unknown = (date as Partial<Date> | null)?.getTime?.();
  if (typeof deadline !== "number" || Number.isNaN(deadline)) {
    const got = typeof deadline === "number" ? "an invalid one" : describe(date);
    throw new TypeError(`date: expected a valid Date, got ${got}`);
  }
  return new DeadlineContext(parent, deadline, deadline - runtime.clock.date(), cause);
}
