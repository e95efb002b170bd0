/**
 * The channel bench: `pnpm bench [--quick] [--json FILE] [scenario | costs ...]`.
 *
 * The garbage collector works in the program's own thread: else it waits for helpers, and on a busy machine that is what would be
 * measured.
 *
 * Times are processor time. Everything is a ratio within one run; absolute times are this machine's.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import { parseArgs } from "node:util";
import { bytesPerWaiter, cancelling, ready, turns } from "./costs.mjs";
import { interleaved } from "./measure.mjs";
import { conc, effectQueue, peers } from "./peers.mjs";
import { floor, scenarios } from "./scenarios.mjs";

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false }, json: { type: "string" } },
  allowPositionals: true,
});
const messages = values.quick ? 4_096 : 16_384;
const rounds = values.quick ? 5 : 15;

const require = createRequire(import.meta.url);
const { devDependencies } = JSON.parse(readFileSync(require.resolve("../package.json"), "utf8"));
const candidates = [conc, ...peers, effectQueue];
const names = ["@nodeguy/channel", "@thi.ng/csp", "effect", "medium", "ts-chan"];

const results = {
  machine: `${os.cpus()[0]?.model ?? "unknown"} x ${os.cpus().length}, load ${os.loadavg()[0].toFixed(1)}`,
  node: process.version,
  versions: Object.fromEntries(names.map((name) => [name, devDependencies[name]])),
  messages,
  rounds,
  scenarios: {},
};
console.log(`${results.machine}, Node ${results.node}, ${messages} messages, median of ${rounds} rounds`);
console.log(names.map((name) => `${name} ${devDependencies[name]}`).join(", "));
console.log("ns per message; x: times ours. The floor is two tasks that await once per message each.\n");

// Each library runs a copy of the scenarios of its own: else what the engine has learnt from one slows down the others.
const copies = new Map();
for (const { name } of candidates) copies.set(name, (await import(`./scenarios.mjs?for=${name}`)).scenarios);

for (const [at, scenario] of scenarios.entries()) {
  if (positionals.length > 0 && !positionals.some((name) => scenario.name.startsWith(name))) continue;
  const able = [];
  const notes = [];
  for (const peer of candidates) {
    const run = copies.get(peer.name)[at].prepare(peer, messages);
    if (typeof run === "string") notes.push(`${peer.name}: ${run}`);
    else able.push({ name: peer.name, run });
  }
  const times = await interleaved([() => floor(messages), ...able.map(({ run }) => run)], messages, rounds);
  const [least, ours] = times;
  const row = {};
  for (const [i, { name }] of able.entries()) {
    if (times[i + 1] === undefined) notes.push(`${name}: does not end`);
    else row[name] = times[i + 1];
  }
  results.scenarios[scenario.name] = { floor: least, ...row, notes };
  const others = Object.entries(row)
    .slice(1)
    .map(([name, time]) => `${name} ${(time / ours).toFixed(1)}x`);
  console.log(
    `${scenario.name.padEnd(16)} ours ${ours.toFixed(0).padStart(5)} ns = ${(ours / least).toFixed(2)} floors | ${others.join(", ")}`,
  );
  for (const note of notes) console.log(`${" ".repeat(17)}not: ${note}`);
}

if (positionals.length === 0 || positionals.includes("costs")) {
  results.turns = await turns(messages * 4, rounds);
  results.ready = await ready(messages, rounds);
  results.cancel = { 1000: await cancelling(1_000, rounds * 10), 100000: await cancelling(100_000, 3) };
  const { turns: t, ready: r, cancel: c } = results;
  console.log(
    `\nturns            with ${t.withTurns.toFixed(0)} ns, without ${t.without.toFixed(0)} ns: ${t.ratio.toFixed(3)}`,
  );
  console.log(
    `ready            receive ${r.receive.toFixed(0)} ns, select of two ${r.select.toFixed(0)} ns: ${r.ratio.toFixed(2)}`,
  );
  console.log(`trySend, tryRecv ${r.tries.toFixed(0)} ns per message`);
  console.log(`cancel           ${c[1000].toFixed(0)} ns each of 1,000, ${c[100000].toFixed(0)} ns each of 100,000`);
  if (globalThis.gc !== undefined) {
    const count = values.quick ? 100_000 : 1_000_000;
    results.bytes = {};
    for (const kind of ["recv", "select"]) {
      results.bytes[kind] = bytesPerWaiter(kind, count).bytes;
      console.log(`parked           ${results.bytes[kind].toFixed(0)} bytes each of ${count} waiting in ${kind}`);
    }
  }
}

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
