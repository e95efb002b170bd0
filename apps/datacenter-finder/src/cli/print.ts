import Table from "cli-table3";
import colors from "picocolors";
import { formatDuration } from "../duration.ts";
import type { Outcome, Report } from "../report.ts";
import { strategies } from "../strategies.ts";

export function printHeading({ strategy }: Pick<Report, "strategy">): string {
  return `\n${colors.bold(strategy)}  ${colors.dim(strategies[strategy].summary)}`;
}

/** How a find ended, in one line. */
export function printVerdict({ resource, result, datacenter, elapsed, error }: Report): string {
  const time = formatDuration(Math.round(elapsed));
  switch (result) {
    case "found":
      return colors.green(`${resource} is in ${datacenter}, found in ${time}`);
    case "not found":
      return colors.yellow(`${resource} was not found, after ${time}`);
    case "failed":
    case "deadline exceeded":
    case "cancelled":
      return colors.red(`${resource}: ${result} after ${time}: ${error}`);
  }
}

/** All strategies side by side. */
export function printTable(reports: readonly Report[]): string {
  const table = new Table({
    head: ["strategy", "result", "time", "asked", "answered", "cancelled", "failed"].map((text) => colors.bold(text)),
    colAligns: ["left", "left", "right", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const report of reports) {
    const count = (outcome: Outcome["outcome"]) => report.datacenters.filter((one) => one.outcome === outcome).length;
    table.push([
      report.strategy,
      resultOf(report),
      formatDuration(Math.round(report.elapsed)),
      report.datacenters.length - count("not started"),
      count("answered"),
      count("cancelled"),
      count("failed"),
    ]);
  }
  return table.toString();
}

function resultOf({ result, datacenter, error }: Report): string {
  if (result === "found") return colors.green(`found in ${datacenter}`);
  if (result === "not found") return colors.yellow(result);
  return colors.red(result === "failed" ? `failed: ${error}` : result);
}
