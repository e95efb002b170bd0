import { CancellableContext } from "./cancellable-context.ts";
import type { CancelContext, Context } from "./types.ts";

/**
 * A context that is done when its `cancel` is called or when `parent` is done, whichever comes first.
 *
 * Call `cancel` when the work is over, whatever its outcome (`using` does so): until then the parent holds on to the context.
 *
 * @throws TypeError if `parent` is not a context
 *
 * Go: `context.WithCancel`, `context.WithCancelCause`.
 *
 * @example
 * ```ts
 * import { background, withCancel } from "@conc/context";
 *
 * const ctx = withCancel(background());
 * ctx.cancel(new Error("the user left"));
 * console.log(ctx.err?.name, ctx.err?.message); // => AbortError context canceled
 * console.log((ctx.cause as Error).message); // => the user left
 * ```
 */
export function withCancel(parent: Context): CancelContext {
  return new CancellableContext(parent);
}
