import { rmSync } from "node:fs";
import { reportsOf } from "./reports.mjs";
import { addUp, closingLine } from "./totals.mjs";
import { turbo } from "./turbo.mjs";

/**
 * Runs the tests of every workspace (turbo builds first and skips what did not change), then adds up their reports. The last
 * line printed is the sum over all workspaces that have a script of the task's name.
 *
 * @param {string} task
 * @param {string[]} args further arguments of turbo, for example a filter
 * @returns the exit status: 0 only if turbo succeeded, every report is there and no test failed
 */
export function test(task, args) {
  const reports = reportsOf(task, args);
  // What an earlier run left must not be taken for this one's; turbo puts back the reports of what it skips.
  for (const report of reports) rmSync(report, { force: true });

  const status = turbo(["run", task, ...args, "--continue=dependencies-successful"]);
  const { totals, missing } = addUp(reports);

  for (const report of missing) console.log(`no test report: ${report}`);
  if (status !== 0) console.log(`turbo run ${task}: exit status ${status}`);
  console.log(closingLine(totals));
  return status !== 0 || missing.length > 0 || totals.failed > 0 ? 1 : 0;
}
