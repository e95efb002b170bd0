import { describe, expect, expectTypeOf, it } from "vitest";
import { background, contextKey, withCancel, withoutCancel, withTimeout, withValue } from "../src/index.ts";

const user = contextKey<string>("user");
const requestId = contextKey<number>("requestId");

describe("a value", () => {
  it("is found in the context it was set in and in all below, whatever they are", () => {
    const ctx = withValue(background(), user, "ada");
    const below = withoutCancel(withTimeout(withCancel(withValue(ctx, requestId, 17)), 1e6));
    expect(ctx.value(user)).toBe("ada");
    expect(below.value(user)).toBe("ada");
    expect(below.value(requestId)).toBe(17);
    expectTypeOf(below.value(requestId)).toEqualTypeOf<number | undefined>();
  });

  it("is not found above, beside, or under another key", () => {
    const parent = withValue(background(), user, "ada");
    withValue(parent, requestId, 17);
    expect(parent.value(requestId)).toBeUndefined();
    expect(background().value(user)).toBeUndefined();
    expect(parent.value(contextKey("user"))).toBeUndefined();
  });

  it("hides an outer one of the same key, also when it is undefined", () => {
    const outer = withValue(background(), user, "ada");
    expect(withValue(outer, user, "grace").value(user)).toBe("grace");
    expect(withCancel(withValue(outer, user, undefined)).value(user)).toBeUndefined();
    expect(outer.value(user)).toBe("ada");
  });

  it.each([null, 0, "", false, Number.NaN])("may be anything: %s", (value) => {
    const key = contextKey<unknown>("any");
    expect(withValue(background(), key, value).value(key)).toBe(value);
  });
});

describe("a context with a value", () => {
  it("is done when its parent is, as its parent is, and shares its signal and channel", () => {
    const parent = withTimeout(background(), 1e6);
    const ctx = withValue(parent, user, "ada");
    expect(ctx.signal).toBe(parent.signal);
    expect(ctx.done).toBe(parent.done);
    expect(ctx.deadline).toEqual(parent.deadline);
    parent.cancel("over");
    expect(ctx.err).toBe(parent.err);
    expect(ctx.cause).toBe("over");
  });
});

describe("refuses", () => {
  it.each([
    ["user", '"user"'],
    [Symbol("user"), "Symbol(user)"],
    [{ name: "user" }, "an instance of Object"],
    [null, "null"],
    [undefined, "undefined"],
    [String, "function String"],
  ])("a key that contextKey did not make: %o", (key, got) => {
    const error = new TypeError(`key: expected a key made by contextKey(name), got ${got}`);
    expect(() => withValue(background(), key as never, 1)).toThrow(error);
    expect(() => background().value(key as never)).toThrow(error);
  });

  it("what is no parent", () => {
    expect(() => withValue(undefined as never, user, "ada")).toThrow(
      "context: cannot create a context from a null parent",
    );
  });

  it("by its types, a value that is not the key's", () => {
    // @ts-expect-error: the key is of a number
    expect(withValue(background(), requestId, "17").value(requestId)).toBe("17");
  });
});
