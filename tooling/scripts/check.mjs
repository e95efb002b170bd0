/*
 * Everything that must hold before a change goes in. Each step is a script of the root's package.json, so that the one
 * that fails can be run alone. All steps run, whatever became of those before.
 *
 * `check.mjs --except test,docs:build` leaves steps out.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const steps = [
  "format:check",
  "typecheck",
  "lint",
  "check:imports",
  "check:unused",
  "check:packages",
  "check:size",
  "check:release",
  "docs:build",
  "test",
  "test:browser",
  "chaos:short",
];

const { values } = parseArgs({ options: { except: { type: "string", default: "" } } });
const except = values.except.split(",").filter((step) => step !== "");
for (const step of except) {
  if (!steps.includes(step)) throw new Error(`--except: expected some of ${steps.join(", ")}, got ${step}`);
}

const results = [];
for (const step of steps.filter((one) => !except.includes(one))) {
  console.log(`\n--- ${step}`);
  const begin = performance.now();
  const { status, error } = spawnSync("pnpm", ["--silent", "run", step], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) throw error;
  results.push({ step, ok: status === 0, seconds: (performance.now() - begin) / 1000 });
}

console.log("");
for (const { step, ok, seconds } of results) {
  console.log(`${ok ? "ok    " : "FAILED"} ${step.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s`);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
