import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { printJson, printTable, verdictOf } from "../src/print.ts";
import type { Report } from "../src/try-strategy.ts";

const one: Report = { strategy: "once", backends: [7], ids: [7], connects: 1, ms: 12.34567, laterCallMicros: 0.12345 };
const three: Report = { ...one, strategy: "naive", backends: [7, 8, 9], ids: [7, 8, 9], connects: 3 };

describe("the verdict", () => {
  it.each([
    { report: one, verdict: "one" },
    { report: three, verdict: "3 instead of one" },
    { report: { ...three, strategy: "double-check" } as const, verdict: "3, one after another" },
    { report: { ...one, strategy: "double-check" } as const, verdict: "one" },
    { report: { ...one, strategy: "mutex" } as const, verdict: "one, every call locks" },
    { report: { ...one, strategy: "once-retry", connects: 2 } as const, verdict: "one, at connect 2" },
    { report: { ...three, strategy: "once" } as const, verdict: "3 instead of one" },
  ])("$report.strategy with $report.backends.length: $verdict", ({ report, verdict }) => {
    expect(verdictOf(report)).toBe(verdict);
  });
});

describe("--json", () => {
  it("is one object in one line", () => {
    expect(printJson(three)).toBe(
      '{"strategy":"naive","backends":3,"ids":3,"ms":12.346,"connects":3,"laterCallMicros":0.123,"verdict":"3 instead of one"}',
    );
  });
});

describe("the closing table", () => {
  it("fits a terminal of 80 columns", () => {
    const slow = { ...three, strategy: "double-check", ms: 12_345, laterCallMicros: 12.34 } as const;
    const lines = stripVTControlCharacters(printTable([one, { ...one, strategy: "mutex" }, slow])).split("\n");
    expect(lines).toHaveLength(7);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
