import { checkFunction, completed, park, sourceOf, Waiter } from "@conc/internal";
import { BaseContext } from "./base-context.ts";
import type { Context } from "./types.ts";

/**
 * Calls `fn` once `ctx` is done, in a later microtask and in the async context of this call.
 *
 * What `fn` throws, or the promise it returns rejects with, is an unhandled rejection: loud, and of no effect on other functions.
 *
 * @returns `stop`: takes the call back. True if it did, false if the function's turn had come or it was stopped before.
 * @throws TypeError if `ctx` is not a context or `fn` not a function
 *
 * Go: `context.AfterFunc`.
 *
 * @example
 * ```ts
 * import { afterFunc, background, withCancel } from "@conc/context";
 *
 * const ctx = withCancel(background());
 * afterFunc(ctx, () => console.log("cleaning up"));
 * const stop = afterFunc(ctx, () => console.log("never printed"));
 * console.log(stop()); // => true
 * ctx.cancel(); // => cleaning up
 * ```
 */
export function afterFunc(ctx: Context, fn: () => unknown): () => boolean {
  const source = sourceOf(BaseContext.stateOf(ctx, "ctx"));
  checkFunction("fn", fn);
  if (source.cancelled) {
    void completed().then(() => fn());
    return () => false;
  }
  const registration = new Registration();
  void park<Fate>(registration, ctx).then((fate) => (fate === "run" ? fn() : undefined));
  return () => registration.stop();
}

type Fate = "run" | "stopped";

/** A function that waits for its context. It is decided once, like any wait: by the cancel or by the stop. */
class Registration extends Waiter {
  #decided = false;

  stop(): boolean {
    if (this.#decided) return false;
    this.#decided = true;
    this.settle("stopped" satisfies Fate);
    return true;
  }

  override onCancel(): void {
    this.#decided = true;
    this.settle("run" satisfies Fate);
  }
}
