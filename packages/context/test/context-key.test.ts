import { describe, expect, it } from "vitest";
import { background, type ContextKey, contextKey, withValue } from "../src/index.ts";

describe("contextKey", () => {
  it("two keys of one name are two keys", () => {
    const [a, b] = [contextKey<string>("user"), contextKey<string>("user")];
    const ctx = withValue(withValue(background(), a, "first"), b, "second");
    expect([ctx.value(a), ctx.value(b)]).toEqual(["first", "second"]);
  });

  it("has its name, and nobody can change it", () => {
    const key = contextKey("user");
    expect(key.name).toBe("user");
    expect(Object.isFrozen(key)).toBe(true);
  });

  it("a key of one type is no key of another, in either direction", () => {
    const key = contextKey<"a" | "b">("letter");
    // @ts-expect-error: it might be read as a string that is neither
    const wider: ContextKey<string> = key;
    // @ts-expect-error: it might be read as "a" and be "b"
    const narrower: ContextKey<"a"> = key;
    expect(wider).toBe(narrower);
  });

  it.each([undefined, null, 1, Symbol("s"), {}])("refuses a name that is no string: %o", (name) => {
    expect(() => contextKey(name as never)).toThrow(/^name: expected a string, got /);
  });
});
