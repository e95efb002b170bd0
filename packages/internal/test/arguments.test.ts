import { describe as group, expect, it } from "vitest";
import { checkDuration, checkFunction, checkWhole, describe } from "../src/index.ts";

group("what a message says it got", () => {
  it.each([
    [1, "1"],
    ["a", '"a"'],
    [undefined, "undefined"],
    [null, "null"],
    [10n, "10n"],
    [Symbol("s"), "Symbol(s)"],
    [[1], "an instance of Array"],
    [new Map(), "an instance of Map"],
    [Object.create(null), "an instance of Object"],
    [function named() {}, "function named"],
    [() => {}, "function"],
  ])("tells %o as %s", (value, text) => {
    expect(describe(value)).toBe(text);
  });
});

group("the checks", () => {
  it("let what is right pass", () => {
    expect(() => {
      checkWhole("n", 0, 0);
      checkWhole("n", Number.MAX_SAFE_INTEGER, 1);
      for (const ms of [0, -1, 1.5, Number.POSITIVE_INFINITY]) checkDuration("ms", ms);
      checkFunction("fn", () => {});
    }).not.toThrow();
  });

  it("name the argument, what was expected and what was got", () => {
    expect(() => checkWhole("n", 0, 1)).toThrow(new RangeError("n: expected a whole number >= 1, got 0"));
    expect(() => checkWhole("n", 2 ** 53, 1)).toThrow(RangeError);
    expect(() => checkDuration("ms", Number.NaN)).toThrow(
      new RangeError("ms: expected a number of milliseconds, got NaN"),
    );
    expect(() => checkDuration("ms", 5n as never)).toThrow("got 5n");
    expect(() => checkFunction("fn", null)).toThrow(new TypeError("fn: expected a function, got null"));
  });
});
