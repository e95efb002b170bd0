/**
 * The context bench: `pnpm bench`, or `node --expose-gc bench/run.mjs [--quick] [--json FILE]`.
 *
 * Everything is a ratio within one run; absolute times are this machine's, under this load.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { interleaved, median } from "./measure.mjs";
import { abortTree, cancelTree, comparisons, lookUp, memory } from "./scenarios.mjs";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, json: { type: "string" } },
});
const times = values.quick ? 8_000 : 40_000;
const rounds = values.quick ? 7 : 21;
const { effect } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).devDependencies;

const results = {
  machine: `${os.cpus()[0]?.model ?? "unknown"} x ${os.cpus().length}, load ${os.loadavg()[0].toFixed(1)}`,
  node: process.version,
  effect,
  comparisons: {},
};
console.log(`${results.machine}, Node ${results.node}, effect ${effect}, median of ${rounds} rounds`);
console.log("ns each; x: times ours\n");

for (const { name, candidates, targets = {}, atMost = {} } of comparisons(times)) {
  const measured = await interleaved(candidates, rounds);
  results.comparisons[name] = Object.fromEntries(candidates.map((candidate, i) => [candidate.name, measured[i]]));
  console.log(name);
  for (const [i, candidate] of candidates.entries()) {
    const { ns, ratio } = measured[i];
    const [least, most] = [targets[candidate.name], atMost[candidate.name]];
    let beside = i === 0 ? "" : `  ${ratio.toFixed(2)}x`;
    if (least !== undefined) beside += `  (target at least ${least}x: ${ratio >= least ? "met" : "MISSED"})`;
    if (most !== undefined) {
      const ours = 1 / ratio;
      beside += `: ours is ${ours.toFixed(2)}x of it  (target at most ${most}x: ${ours <= most ? "met" : "MISSED"})`;
    }
    console.log(`  ${candidate.name.padEnd(42)} ${ns.toFixed(0).padStart(7)} ns${beside}`);
  }
}

const repeated = (count, fn) => median(Array.from({ length: count }, fn));

console.log("cancel a tree, ns a context");
results.trees = {};
repeated(20, () => cancelTree(1_000));
for (const size of [1_000, 10_000, 100_000, ...(values.quick ? [] : [1_000_000])]) {
  const ours = repeated(size >= 1_000_000 ? 3 : 9, () => cancelTree(size));
  const peer = size > 10_000 ? undefined : repeated(9, () => abortTree(size));
  results.trees[size] = { ours, peer };
  const beside = peer === undefined ? "" : `  AbortSignal.any ${peer.toFixed(0)} ns, ${(peer / ours).toFixed(0)}x`;
  console.log(`  ${String(size).padEnd(42)} ${ours.toFixed(0).padStart(7)} ns${beside}`);
}

console.log("look up a value, by how far above it was set");
results.lookUps = {};
for (const depth of [0, 1, 10, 100, 1_000]) {
  results.lookUps[depth] = repeated(9, () => lookUp(depth, Math.ceil(1e6 / (depth + 10))));
  console.log(`  ${String(depth).padEnd(42)} ${results.lookUps[depth].toFixed(0).padStart(7)} ns`);
}

if (globalThis.gc !== undefined) {
  console.log("bytes that a living child holds");
  results.bytes = memory(values.quick ? 20_000 : 100_000);
  for (const [name, bytes] of Object.entries(results.bytes))
    console.log(`  ${name.padEnd(42)} ${bytes.toFixed(0).padStart(7)}`);
}

results.go = go();
if (results.go !== undefined) {
  const ours = results.comparisons["create and cancel a child"].withCancel.ns;
  const ratio = ours / results.go.ns;
  console.log(`${results.go.version}, create and cancel a child: ${results.go.ns.toFixed(0)} ns`);
  console.log(`  ours is ${ratio.toFixed(2)}x of it  (target at most 1.5x: ${ratio <= 1.5 ? "met" : "MISSED"})`);
} else console.log("go is not on the PATH: not compared");

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);

/** The same in Go, if it is there. */
function go() {
  const { status, stdout: version } = spawnSync("go", ["version"], { encoding: "utf8" });
  if (status !== 0) return undefined;
  const program = fileURLToPath(new URL("go/main.go", import.meta.url));
  const ran = spawnSync("go", ["run", program], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`go run ${program}: ${ran.stderr}`);
  return { version: version.trim(), ns: Number(ran.stdout) };
}
