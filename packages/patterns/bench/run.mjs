/**
 * The patterns bench: `pnpm bench`, or `node bench/run.mjs [--quick] [--json FILE]`.
 *
 * Everything is a ratio within one run; times are processor time on this machine, garbage collection included.
 */
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { interleaved } from "./measure.mjs";
import { flights, groups, hedges, mapping, pools, redundants } from "./scenarios.mjs";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, json: { type: "string" } },
});
const scale = values.quick ? 0.2 : 1;
const rounds = values.quick ? 5 : 9;

const { devDependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const peers = ["p-map", "p-limit", "p-queue", "es-toolkit", "effect", "cockatiel"];

const results = {
  machine: `${os.cpus()[0]?.model ?? "unknown"} x ${os.cpus().length}, load ${os.loadavg()[0].toFixed(1)}`,
  node: process.version,
  versions: Object.fromEntries(peers.map((name) => [name, devDependencies[name]])),
  rounds,
  scenarios: {},
};
console.log(`${results.machine}, Node ${results.node}, median of ${rounds} rounds`);
console.log(peers.map((name) => `${name} ${devDependencies[name]}`).join(", "));
console.log("ns per operation; x: times ours.\n");

async function compare(name, scenario, operations) {
  const count = operations * scale;
  const candidates = scenario(count);
  const times = await interleaved(Object.values(candidates), count, rounds);
  const [ours, ...others] = times;
  results.scenarios[name] = Object.fromEntries(Object.keys(candidates).map((of, i) => [of, times[i]]));
  const rest = Object.keys(candidates)
    .slice(1)
    .map((of, i) => `${of} ${(others[i] / ours).toFixed(2)}x`);
  console.log(`${name.padEnd(32)} ours ${ours.toFixed(0).padStart(5)} ns | ${rest.join(", ")}`);
}

await compare("map 100,000, 16 at a time", mapping, 100_000);
await compare("pool of 16, 20,000 tasks", pools, 20_000);
await compare("groups of 1,000 tasks", groups, 100_000);
await compare("redundant, the first answers", redundants, 5_000);
await compare("hedged, the first answers", hedges, 20_000);
await compare("single flight, ten callers", flights, 50_000);

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
