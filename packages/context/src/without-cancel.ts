import { endless } from "./background.ts";
import { BaseContext } from "./base-context.ts";
import type { Context } from "./types.ts";

/**
 * A context with the values of `parent` that is never done, whatever becomes of `parent`: for work that goes on after the request,
 * such as writing the log.
 *
 * @throws TypeError if `parent` is not a context
 *
 * Go: `context.WithoutCancel`.
 *
 * @example
 * ```ts
 * import { background, withCancel, withoutCancel, withTimeout } from "@conc/context";
 *
 * const request = withCancel(background());
 * using logging = withTimeout(withoutCancel(request), 5_000);
 * request.cancel();
 * console.log(logging.err); // => undefined
 * ```
 */
export function withoutCancel(parent: Context): Context {
  return new DetachedContext(parent);
}

class DetachedContext extends BaseContext {
  constructor(parent: Context) {
    BaseContext.stateOf(parent);
    super(parent, endless);
  }

  protected override label(): string {
    return "WithoutCancel";
  }
}
