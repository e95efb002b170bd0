/**
 * The sync bench: `pnpm bench`, or `node --expose-gc bench/run.mjs [--quick] [--json FILE]`.
 *
 * Everything is a ratio within one run; absolute times are this machine's, under this load.
 */
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { bytesPerRead, bytesPerWaiter, cancelling, goPair, tasksAndThreads, tryPair, turns } from "./costs.mjs";
import { interleaved, median, processorTime } from "./measure.mjs";
import { locks, readLocks, semaphores, waitGroups } from "./peers.mjs";
import { burst, compiledAnew, contended, floor, groups, limited, uncontended } from "./scenarios.mjs";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, json: { type: "string" } },
});
const operations = values.quick ? 10_000 : 40_000;
const rounds = values.quick ? 5 : 11;

const { devDependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const names = [...new Set([...locks, ...readLocks, ...semaphores, ...waitGroups].map(({ name }) => name))].slice(1);

const results = {
  machine: `${os.cpus()[0]?.model ?? "unknown"} x ${os.cpus().length}, load ${os.loadavg()[0].toFixed(1)}`,
  node: process.version,
  versions: Object.fromEntries(names.map((name) => [name, devDependencies[name]])),
  operations,
  rounds,
  scenarios: {},
};
console.log(`${results.machine}, Node ${results.node}, ${operations} operations, median of ${rounds} rounds`);
console.log(names.map((name) => `${name} ${devDependencies[name]}`).join(", "));
console.log("ns of processor time per operation; x: times ours. The floor is one bare await per operation.\n");

async function compare(name, peers, scenario, count = operations, times = rounds) {
  const runs = peers.map((peer) => {
    const own = compiledAnew(scenario);
    return Object.assign((operations) => own(peer, operations), { most: peer.most });
  });
  const [least, ours, ...others] = await interleaved([floor, ...runs], count, times);
  results.scenarios[name] = {
    floor: least,
    ...Object.fromEntries(peers.map((peer, i) => [peer.name, [ours, ...others][i]])),
  };
  const rest = others.map((time, i) => `${peers[i + 1].name} ${(time / ours).toFixed(2)}x`);
  console.log(
    `${name.padEnd(14)} ours ${ours.toFixed(0).padStart(5)} ns = ${(ours / least).toFixed(2)} floors | ${rest.join(", ")}`,
  );
}

await compare("uncontended", locks, uncontended);
await compare("100 contenders", locks, contended);
await compare("burst 20,000", locks, burst, 20_000, values.quick ? 3 : 7);
await compare("read locks", readLocks, uncontended);
await compare("semaphore", semaphores, uncontended);
await compare("10 of 100", semaphores.map(limited), contended);
await compare("wait group", waitGroups, groups);

const many = values.quick ? 100_000 : 1_000_000;
const own = compiledAnew(burst);
const small = [];
const large = [];
for (let round = 0; round < 5; round++) {
  for (const [count, times] of [
    [20_000, small],
    [many, large],
  ]) {
    globalThis.gc?.();
    const start = processorTime();
    await own(locks[0], count);
    times.push((processorTime() - start) / count);
  }
}
results.linear = { 20_000: median(small), [many]: median(large) };
console.log(
  `\nburst of ${many}: ${median(large).toFixed(0)} ns each, ${(median(large) / median(small)).toFixed(2)} times that of 20,000`,
);

results.turns = await turns(operations * 4, rounds);
console.log(`turns: with ${results.turns.withTurns.toFixed(0)} ns, without ${results.turns.without.toFixed(0)} ns`);
results.cancel = { 1_000: await cancelling(1_000, rounds), 60_000: await cancelling(60_000, 3) };
console.log(
  `cancel: ${results.cancel[1000].toFixed(0)} ns each of 1,000, ${results.cancel[60000].toFixed(0)} of 60,000`,
);
results.tryPair = tryPair(operations * 10, rounds);
results.goPair = goPair();
console.log(
  `tryLock and unlock: ${results.tryPair.toFixed(1)} ns; Go's Lock and Unlock: ` +
    (results.goPair === undefined
      ? "no Go on PATH"
      : `${results.goPair.toFixed(1)} ns, ours ${(results.tryPair / results.goPair).toFixed(1)} times that`),
);
if (globalThis.gc !== undefined) {
  results.bytes = { ...(await bytesPerWaiter(200_000)), read: await bytesPerRead(200_000) };
  const { lock, rLock, acquire, read } = results.bytes;
  console.log(
    `parked: ${lock.toFixed(0)} bytes in lock, ${rLock.toFixed(0)} in rLock, ${acquire.toFixed(0)} in acquire; ` +
      `an uncontended read lock leaves ${read.toFixed(2)}`,
  );
}

const counts = values.quick
  ? { tasks: 10_000, threads: 10, messages: 20_000, threadMessages: 2_000 }
  : { tasks: 100_000, threads: 100, messages: 200_000, threadMessages: 20_000 };
const { task, thread, taskMessage, threadMessage } = (results.threads = await tasksAndThreads(counts));
console.log(`\n${"".padEnd(24)}${"task".padStart(14)}${"thread".padStart(14)}`);
const row = (name, of, unit, a, b) =>
  console.log(`${`${name} ${of}`.padEnd(24)}${`${a} ${unit}`.padStart(14)}${`${b} ${unit}`.padStart(14)}`);
row("start,", `each of ${counts.tasks} / ${counts.threads}`, "us", task.us.toFixed(2), thread.us.toFixed(0));
row("memory,", "each", "kB", (task.bytes / 1024).toFixed(2), (thread.bytes / 1024).toFixed(0));
row("message,", "one way", "us", taskMessage.toFixed(2), threadMessage.toFixed(1));

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
