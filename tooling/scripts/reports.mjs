import { join } from "node:path";
import { plan } from "./turbo.mjs";

/** What each kind of test leaves behind in its workspace; the vitest presets write it. */
const files = {
  test: ".vitest/results.json",
  "test:browser": ".vitest/browser.json",
};

/**
 * Where the reports of a turbo task stand when it has run: one for each workspace that has a script of that name.
 *
 * @param {string} task
 * @param {string[]} [args] further arguments of turbo, for example a filter
 */
export function reportsOf(task, args = []) {
  const file = files[task];
  if (file === undefined) throw new Error(`task: expected one of ${Object.keys(files).join(", ")}, got ${task}`);
  return plan(["run", task, ...args])
    .filter((one) => one.task === task)
    .map(({ directory }) => join(directory, file));
}
