import { describe, expect, it } from "vitest";
import { durationSchema, formatDuration, parseDuration } from "../src/duration.ts";

describe("parseDuration", () => {
  it.each([
    ["500ms", 500],
    ["1s", 1000],
    ["1.5s", 1500],
    ["2m", 120_000],
    ["0ms", 0],
  ])("reads %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "1", "s", "1 s", "-1s", "1h", "1e3ms", ".5s", "Infinity"])("does not read %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("formatDuration", () => {
  it.each([
    [75, "75ms"],
    [0.123, "0.1ms"],
    [1500, "1.5s"],
    [600_000, "600s"],
  ])("writes %d ms", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("durationSchema", () => {
  it("takes both bounds, and nothing beyond them", () => {
    const schema = durationSchema(10, 1000);
    expect(schema.parse("10ms")).toBe(10);
    expect(schema.parse("1s")).toBe(1000);
    for (const text of ["9ms", "1.001s", "soon"]) {
      expect(() => schema.parse(text)).toThrow("expected a duration such as 500ms, 1.5s or 2m, from 10ms to 1s");
    }
  });
});
