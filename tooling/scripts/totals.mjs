import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * Adds up vitest's JSON reports. A report that cannot be read is a missing workspace, not zero tests.
 *
 * @param {string[]} files
 * @returns {{ totals: Totals, missing: string[] }}
 */
export function addUp(files) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const missing = [];
  for (const file of files) {
    const report = read(file);
    if (report === undefined) {
      missing.push(file);
      continue;
    }
    totals.passed += report.numPassedTests;
    totals.failed += report.numFailedTests + filesThatDidNotLoad(report);
    totals.skipped += report.numPendingTests + report.numTodoTests;
  }
  return { totals, missing };
}

/** @param {Totals} totals */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

// A test file that throws while it is loaded has no tests, so vitest counts none as failed.
function filesThatDidNotLoad(report) {
  return report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  ).length;
}
