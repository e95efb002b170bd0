import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addUp, closingLine } from "../totals.mjs";

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conc-totals-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function report(name, counts) {
  const file = join(folder, name);
  writeFileSync(
    file,
    JSON.stringify({
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [],
      ...counts,
    }),
  );
  return file;
}

test("adds up all reports; a todo is a skipped test", () => {
  const files = [
    report("a", { numPassedTests: 3, numPendingTests: 1 }),
    report("b", { numPassedTests: 4, numFailedTests: 2, numTodoTests: 1 }),
  ];
  expect(addUp(files)).toEqual({ totals: { passed: 7, failed: 2, skipped: 2 }, missing: [] });
});

test("a test file that did not load is a failure, one with failed tests is counted by its tests", () => {
  const file = report("a", {
    numFailedTests: 1,
    testResults: [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ],
  });
  expect(addUp([file]).totals.failed).toBe(2);
});

test("a report that is not there, or cut off, is missing and not zero", () => {
  const cut = join(folder, "cut");
  writeFileSync(cut, '{"numPassedTests": 1');
  const absent = join(folder, "absent");
  expect(addUp([cut, absent]).missing).toEqual([cut, absent]);
});

test("closes with the plain line that a reader of many runners knows", () => {
  expect(closingLine({ passed: 7, failed: 0, skipped: 2 })).toBe("7 passed, 0 failed, 2 skipped");
});
