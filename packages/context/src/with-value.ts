import { describe } from "@conc/internal";
import { BaseContext, type Entry } from "./base-context.ts";
import { checkKey, type ContextKey } from "./context-key.ts";
import type { Context } from "./types.ts";

/**
 * A context as `parent`, in which `key` has `value`. For what belongs to a request and crosses many calls (an id, a user, a logger), not
 * for what a function needs as an argument. `undefined` hides a value that the parent has.
 *
 * @throws TypeError if `parent` is not a context or `key` was not made by {@link contextKey}
 *
 * Go: `context.WithValue`.
 *
 * @example
 * ```ts
 * import { background, type Context, contextKey, withValue } from "@conc/context";
 *
 * const user = contextKey<string>("user");
 *
 * function greet(ctx: Context) {
 *   console.log(`hello ${ctx.value(user) ?? "whoever you are"}`);
 * }
 *
 * greet(background()); // => hello whoever you are
 * greet(withValue(background(), user, "ada")); // => hello ada
 * ```
 */
export function withValue<T>(parent: Context, key: ContextKey<T>, value: T | undefined): Context {
  return new ValueContext(parent, { key, value });
}

class ValueContext extends BaseContext {
  readonly #entry: Entry;

  constructor(parent: Context, entry: Entry) {
    const state = BaseContext.stateOf(parent);
    checkKey(entry.key);
    super(parent, state, entry);
    this.#entry = entry;
  }

  protected override label(): string {
    const { key, value } = this.#entry;
    const isText = typeof value !== "object" && typeof value !== "function";
    return `WithValue(${key.name}, ${isText ? String(value) : describe(value)})`;
  }
}
