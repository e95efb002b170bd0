import type { Context } from "@conc/context";

/**
 * Whether `value` is a context: by shape, since one of another copy of the package, or made by hand, is one too. Its signal is not asked for,
 * as that would make it.
 */
export function isContext(value: unknown): value is Context {
  return (
    typeof value === "object" &&
    value !== null &&
    "signal" in value &&
    typeof (value as Partial<Context>).value === "function"
  );
}
