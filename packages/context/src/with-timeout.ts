import { checkDuration, runtime } from "@conc/internal";
import { DeadlineContext } from "./deadline-context.ts";
import type { CancelContext, Context } from "./types.ts";

/**
 * A context that is done `ms` milliseconds from now at the latest, with a DeadlineExceededError. A parent that is done earlier
 * ends it earlier; a parent with an earlier deadline keeps it.
 *
 * The timer does not keep the process alive. Call `cancel` when the work is over (`using` does so), and it is gone at once.
 *
 * @param ms milliseconds; 0 and less: it is done already; Infinity: no deadline of its own
 * @param cause what `ctx.cause` tells if the deadline passes; a cancel has its own
 * @throws TypeError if `parent` is not a context, RangeError if `ms` is not a number
 *
 * Go: `context.WithTimeout`, `context.WithTimeoutCause`.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { background, withTimeout } from "@conc/context";
 *
 * using ctx = withTimeout(background(), 5);
 * await sleep(10_000, ctx).catch((err) => console.log(err.message)); // => context deadline exceeded
 * ```
 */
export function withTimeout(parent: Context, ms: number, cause?: unknown): CancelContext {
  checkDuration("ms", ms);
  return new DeadlineContext(parent, runtime.clock.date() + ms, ms, cause);
}
