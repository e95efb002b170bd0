import { describe } from "@conc/internal";

const mark: unique symbol = Symbol.for("@conc/contextKey") as never;

/** Names a value of type `T` in contexts; made by {@link contextKey}. Two keys of one name are two keys. */
export interface ContextKey<T> {
  readonly name: string;
  /** @internal */
  readonly [mark]: (value: T) => T;
}

/**
 * Makes a key for `withValue` and `ctx.value`. Make it once, at the top of a module; who has the key can read the value.
 *
 * Go: an unexported key type.
 *
 * @param name what a printed context calls it
 *
 * @example
 * ```ts
 * import { background, contextKey, withValue } from "@conc/context";
 *
 * const requestId = contextKey<string>("requestId");
 * const ctx = withValue(background(), requestId, "r-17");
 * console.log(ctx.value(requestId)); // => r-17
 * ```
 */
export function contextKey<T>(name: string): ContextKey<T> {
  if (typeof name !== "string") throw new TypeError(`name: expected a string, got ${describe(name)}`);
  return Object.freeze({ name, [mark]: (value: T) => value });
}

/** Throws unless `key` was made by {@link contextKey}, of this copy of the package or another. */
export function checkKey(key: unknown): void {
  if (typeof (key as { [mark]?: unknown } | null)?.[mark] !== "function") {
    throw new TypeError(`key: expected a key made by contextKey(name), got ${describe(key)}`);
  }
}
