/*
 * Runs the tests of every workspace (turbo builds first and skips what did not change), then adds up their reports. The last
 * line is the sum over all workspaces that have such a script. `test.mjs TASK [turbo's arguments]`, so that
 * `pnpm test --filter @conc/chan` works.
 */
import { rmSync } from "node:fs";
import { reportsOf } from "./reports.mjs";
import { addUp, closingLine } from "./totals.mjs";
import { turbo } from "./turbo.mjs";

const [task, ...args] = process.argv.slice(2);
const reports = reportsOf(task, args);

// What an earlier run left must not be taken for this one's; turbo puts back the reports of what it skips.
for (const report of reports) rmSync(report, { force: true });

const status = turbo(["run", task, ...args, "--continue=dependencies-successful"]);
const { totals, missing } = addUp(reports);

for (const report of missing) console.log(`no test report: ${report}`);
if (status !== 0) console.log(`turbo run ${task}: exit status ${status}`);
console.log(closingLine(totals));
process.exitCode = status !== 0 || missing.length > 0 || totals.failed > 0 ? 1 : 0;
