import { type Context } from "@conc/context";
import { find } from "../find.ts";
import { openFleet } from "../fleet/open-fleet.ts";
import type { Report } from "../report.ts";
import { eventLine, logLine } from "./log-line.ts";
import { printHeading, printTable, printVerdict } from "./print.ts";
import type { FindOptions } from "./find-command.ts";

/** The command `find`. Gives the exit status: 0 if the resource was found, 1 if it was not. */
export async function runFind(ctx: Context, options: FindOptions, write: (line: string) => void): Promise<number> {
  const { resource, timeout, json } = options;
  const print = json ? () => {} : write;
  const fleet = await openFleet(options.fleet);
  try {
    const reports: Report[] = [];
    for (const strategy of options.strategies) {
      if (options.strategies.length > 1) print(printHeading({ strategy }));
      const report = await find(ctx, resource, {
        strategy,
        timeout,
        finders: fleet.findersOf(strategy),
        options: fleet.options,
        observe: (event) => print(eventLine(event, new Date())),
      });
      if (ctx.err !== undefined) throw ctx.cause;
      reports.push(report);
      if (json) write(JSON.stringify(report));
      if (report.error !== undefined) print(logLine("ERROR", "an error occurred", { error: report.error }, new Date()));
      print(printVerdict(report));
    }
    if (reports.length > 1) print(`\n${printTable(reports)}`);
    return reports.some(({ found }) => found) ? 0 : 1;
  } finally {
    await fleet.close();
  }
}
