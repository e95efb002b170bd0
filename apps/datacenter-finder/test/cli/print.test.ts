import { describe, expect, it } from "vitest";
import { printTable, printVerdict } from "../../src/cli/print.ts";
import type { Report } from "../../src/report.ts";

const report: Report = {
  resource: "server-1",
  strategy: "hedged",
  result: "found",
  found: true,
  datacenter: "SBG",
  elapsed: 103.4,
  datacenters: [
    { datacenter: "SBG", outcome: "answered", found: true, startedAt: 0, endedAt: 103.3 },
    { datacenter: "GRA", outcome: "cancelled", reason: "another attempt has won", startedAt: 75.2, endedAt: 103.4 },
    { datacenter: "BHS", outcome: "not started" },
  ],
};
const missing: Report = { ...report, result: "not found", found: false, datacenter: null };
const late: Report = { ...missing, result: "deadline exceeded", error: "context deadline exceeded" };
// eslint-disable-next-line no-control-regex
const plain = (text: string) => text.replaceAll(/\u001b\[\d+m/g, "");

describe("printVerdict", () => {
  it("says in one line how a find ended", () => {
    expect(plain(printVerdict(report))).toBe("server-1 is in SBG, found in 103ms");
    expect(plain(printVerdict(missing))).toBe("server-1 was not found, after 103ms");
    expect(plain(printVerdict(late))).toBe("server-1: deadline exceeded after 103ms: context deadline exceeded");
  });
});

describe("printTable", () => {
  it("counts what each strategy asked for", () => {
    const lines = plain(printTable([report, late])).split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[3]).toMatch(/^│ hedged +│ found in SBG +│ 103ms │ +2 │ +1 │ +1 │ +0 │$/);
    expect(lines[4]).toMatch(/^│ hedged +│ deadline exceeded │/);
  });
});
