/*
 * Runs every workspace's tests (turbo builds first and skips what did not change), then adds up their reports. The last
 * line is the sum, over all workspaces that have a test script. Arguments go to turbo: `pnpm test --filter @conc/chan`.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { addUp, closingLine, reportFile } from "./totals.mjs";
import { plan, turbo } from "./turbo.mjs";

const args = ["run", "test", ...process.argv.slice(2)];
const reports = plan(args)
  .filter(({ task }) => task === "test")
  .map(({ directory }) => join(directory, reportFile));

// What an earlier run left must not be taken for this one's; turbo puts back the reports of what it skips.
for (const report of reports) rmSync(report, { force: true });

const status = turbo([...args, "--continue=dependencies-successful"]);
const { totals, missing } = addUp(reports);

for (const report of missing) console.log(`no test report: ${report}`);
if (status !== 0) console.log(`turbo run test: exit status ${status}`);
console.log(closingLine(totals));
process.exitCode = status !== 0 || missing.length > 0 || totals.failed > 0 ? 1 : 0;
