import Table from "cli-table3";
import colors from "picocolors";
import type { Strategy } from "./strategies.ts";
import type { Report } from "./try-strategy.ts";

/** Whether the tasks got THE database, by what the server says, and at what price. Short, for a table of 80 columns. */
export function verdictOf({ strategy, backends, ids, connects }: Report): string {
  if (backends.length !== 1 || ids.length !== 1) {
    return strategy === "double-check" ? `${backends.length}, one after another` : `${backends.length} instead of one`;
  }
  if (strategy === "mutex") return "one, every call locks";
  return connects === 1 ? "one" : `one, at connect ${connects}`;
}

function isOne({ backends, ids }: Report): boolean {
  return backends.length === 1 && ids.length === 1;
}

export function printHeading({ name, summary }: Strategy, tasks: number): string {
  return `\n${colors.bold(name)}  ${colors.dim(`${summary}; ${count(tasks, "task")}`)}`;
}

/** What the server says of one strategy. */
export function printEvidence(report: Report): string {
  const { backends, ids, ms } = report;
  const line = `the server says: ${count(backends.length, "backend")} opened for this run, pid ${backends.join(", ")}`;
  return `${isOne(report) ? colors.green(line) : colors.red(line)}\n${count(ids.length, "distinct id")}, ${duration(ms)}`;
}

/** The closing table. */
export function printTable(reports: readonly Report[]): string {
  const table = new Table({
    head: ["strategy", "backends", "ids", "time", "later call", "verdict"].map((text) => colors.bold(text)),
    colAligns: ["left", "right", "right", "right", "right", "left"],
    style: { head: [], border: [], compact: true },
  });
  for (const report of reports) {
    const verdict = verdictOf(report);
    table.push([
      report.strategy,
      report.backends.length,
      report.ids.length,
      duration(report.ms),
      `${report.laterCallMicros.toFixed(2)} µs`,
      isOne(report) ? colors.green(verdict) : colors.red(verdict),
    ]);
  }
  return table.toString();
}

/** One line of `--json`. */
export function printJson(report: Report): string {
  return JSON.stringify({
    strategy: report.strategy,
    backends: report.backends.length,
    ids: report.ids.length,
    ms: round(report.ms),
    connects: report.connects,
    laterCallMicros: round(report.laterCallMicros),
    verdict: verdictOf(report),
  });
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function duration(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
