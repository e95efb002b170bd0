import { rmSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { processorTime } from "./measure.mjs";
import { recorder } from "./perf.mjs";

const warmUps = 8;
// Nanoseconds that are looked at, and microseconds from one look to the next.
const length = 1e9;
const interval = 100;

/** Whom a function belongs to, in the order in which they are told. */
export const groups = {
  ours: "the packages",
  program: "the scenario's own loop",
  promises: "the engine: promises and microtasks",
  engine: "the engine: other",
  gc: "the engine: garbage collection",
  system: "the system",
};

/**
 * Where the processor time of one candidate goes: the part of each function, without what it calls. By Linux's perf where it is there, which
 * sees the engine's own functions; else by the engine's profiler, which counts what the engine does for an `await` to who awaits.
 */
export async function profiled({ name, run, sample }, count) {
  const once = () => (run ?? sample)(count);
  for (let i = 0; i < warmUps; i++) await once();
  const perf = await recorder(process.pid);
  const functions = perf === undefined ? await byInspector(once) : await byPerf(perf, once);
  // What the engine wrote for perf to read.
  rmSync(`/tmp/perf-${process.pid}.map`, { force: true });
  const all = shares(functions);
  const totals = Object.keys(groups).map((group) => [group, sum(all.filter((one) => one.group === group))]);
  return {
    candidate: name,
    by: perf === undefined ? "profiler" : "perf",
    totals: Object.fromEntries(totals),
    functions: all,
  };
}

function sum(functions) {
  return Number(functions.reduce((whole, { part }) => whole + part, 0).toFixed(3));
}

async function forAWhile(once) {
  const start = processorTime();
  while (processorTime() - start < length) await once();
}

async function byPerf(perf, once) {
  await perf.start();
  await forAWhile(once);
  const lines = await perf.stop();
  return lines.map(({ part, object, symbol }) => ({ ...ofSymbol(object, symbol), time: part }));
}

async function byInspector(once) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval });
  await session.post("Profiler.start");
  await forAWhile(once);
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const times = new Map();
  for (const [i, id] of profile.samples.entries()) times.set(id, (times.get(id) ?? 0) + profile.timeDeltas[i]);
  return profile.nodes
    .filter(({ id, callFrame }) => times.has(id) && callFrame.functionName !== "(idle)")
    .map(({ id, callFrame }) => ({ ...ofFrame(callFrame), time: times.get(id) }));
}

/** Adds up functions of one name, and tells each one's part of the whole. */
function shares(functions) {
  const all = new Map();
  let whole = 0;
  for (const { group, name, time } of functions) {
    const key = `${group} ${name}`;
    whole += time;
    all.set(key, { group, name, time: (all.get(key)?.time ?? 0) + time });
  }
  return [...all.values()]
    .map(({ group, name, time }) => ({ group, name, part: Number((time / whole).toFixed(4)) }))
    .filter(({ part }) => part > 0)
    .sort((a, b) => b.part - a.part);
}

const collecting = /Scaveng|Mark|Heap|Space|Sweep|Evacuat|Collect|GC|MemoryChunk|Ephemeron|RecordWrite|Remembered|Slot/;

/** A function as the engine's profiler names it. */
export function ofFrame({ functionName, url }) {
  if (functionName === "(garbage collector)") return { group: "gc", name: "garbage collector" };
  if (url === "" || url.startsWith("node:")) return { group: "engine", name: functionName || "(unnamed)" };
  return ofSource(functionName || "(unnamed)", url);
}

/** A function as perf names it. */
export function ofSymbol(object, symbol) {
  if (object.includes("kernel") || symbol.startsWith("[k]")) return { group: "system", name: "kernel" };
  const js = symbol.match(/^JS:.?(\S*) (.*?)(?::\d+:\d+)?$/);
  if (js !== null) {
    const [, name, url] = js;
    return url.startsWith("node:") ? { group: "engine", name } : ofSource(name || "(unnamed)", url);
  }
  if (symbol.startsWith("Builtins_")) {
    const name = symbol.slice("Builtins_".length);
    if (/RecordWrite/.test(name)) return { group: "gc", name: "write barrier" };
    return { group: /Microtask|Promise|Await|Async|Generator/.test(name) ? "promises" : "engine", name };
  }
  if (/v8::internal/.test(symbol) && collecting.test(symbol)) return { group: "gc", name: "garbage collector" };
  return { group: "engine", name: object.endsWith("node") ? "native code" : object };
}

function ofSource(name, url) {
  return { group: /packages\/[^/]+\/dist\//.test(url) ? "ours" : "program", name };
}
