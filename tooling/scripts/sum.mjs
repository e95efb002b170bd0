// The closing line of a run of several tasks, from the reports they have left: `sum.mjs test test:browser`.
import { reportsOf } from "./reports.mjs";
import { addUp, closingLine } from "./totals.mjs";

const { totals, missing } = addUp(process.argv.slice(2).flatMap((task) => reportsOf(task)));
for (const report of missing) console.log(`no test report: ${report}`);
console.log(closingLine(totals));
process.exitCode = missing.length > 0 || totals.failed > 0 ? 1 : 0;
