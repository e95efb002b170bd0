import { type CancelSource, describe, sourceOf } from "@conc/internal";
import { background } from "./background.ts";
import { CancellableContext } from "./cancellable-context.ts";
import { Ending } from "./ending.ts";
import type { CancelContext, Context } from "./types.ts";

/**
 * A context that is done when `signal` is aborted, with the signal's reason as its cause; or when `parent` is done, or when its own
 * `cancel` is called. All contexts of one signal share one listener, and it is gone once they have ended.
 *
 * @param parent where values and an earlier end come from
 * @throws TypeError if `signal` is not an AbortSignal or `parent` not a context
 *
 * Go has no counterpart; it is the door from code that speaks AbortSignal.
 *
 * @example
 * ```ts
 * import { fromSignal } from "@conc/context";
 *
 * const controller = new AbortController();
 * const ctx = fromSignal(controller.signal);
 * controller.abort("the page was left");
 * console.log(ctx.err?.name, "-", ctx.cause); // => AbortError - the page was left
 * ```
 */
export function fromSignal(signal: AbortSignal, parent: Context = background()): CancelContext {
  const { aborted, addEventListener } = (signal ?? {}) as Partial<AbortSignal>;
  if (typeof aborted !== "boolean" || typeof addEventListener !== "function") {
    throw new TypeError(`signal: expected an AbortSignal, got ${describe(signal)}`);
  }
  return new SignalContext(parent, sourceOf(signal));
}

class SignalContext extends CancellableContext {
  constructor(parent: Context, source: CancelSource) {
    const node = CancellableContext.nodeBelow(parent);
    super(parent, node);
    node.link(source, () => Ending.canceled(source.reason));
  }

  protected override label(): string {
    return "FromSignal";
  }
}
