import { describe, runtime } from "@conc/internal";
import { CancellableContext } from "./cancellable-context.ts";
import type { CancelContext, Context } from "./types.ts";

/**
 * A context that is done at `date` at the latest; otherwise as {@link withTimeout}. A date that has passed: it is done already.
 *
 * The time left is measured once, now: setting the machine's clock later does not move the deadline.
 *
 * @throws TypeError if `parent` is not a context or `date` not a valid Date
 *
 * Go: `context.WithDeadline`, `context.WithDeadlineCause`.
 */
export function withDeadline(parent: Context, date: Date, cause?: unknown): CancelContext {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) {
    throw new TypeError(`date: expected a valid Date, got ${date instanceof Date ? "an invalid one" : describe(date)}`);
  }
  return CancellableContext.during(parent, date.getTime() - runtime.clock.date(), cause);
}
