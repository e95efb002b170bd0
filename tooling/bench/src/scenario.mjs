import { fork } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { goSamples } from "./go.mjs";
import { load } from "./machine.mjs";
import { median, quantile } from "./statistics.mjs";

const worker = fileURLToPath(new URL("worker.mjs", import.meta.url));

// The collector works in the program's own thread: else it waits for helpers, and on a busy machine that is what would be measured.
const flags = ["--expose-gc", "--single-threaded-gc", "--no-warnings"];
// Tells perf what the engine has compiled, and leaves no log of it beside.
const profilingFlags = [...flags, "--perf-basic-prof", "--no-logfile-per-isolate", `--logfile=${os.devNull}`];

/**
 * Measures a scenario, in several processes one after the other: what the engine makes of a program differs from one to the next. Go, where
 * it is there, runs between them.
 */
export async function measured(suite, scenario, { quick }) {
  const processes = quick ? 1 : (scenario.processes ?? 2);
  const pools = new Map();
  const pool = (name, role, figures) => {
    if (!pools.has(name)) pools.set(name, { role, figures: [] });
    pools.get(name).figures.push(...figures);
  };
  const cannot = {};
  const before = load();
  let facts;
  for (let i = 0; i < processes; i++) {
    facts = await inOwnProcess({ suite, scenario: scenario.name, quick });
    for (const [name, { role, figures }] of Object.entries(facts.samples)) pool(name, role, figures);
    Object.assign(cannot, facts.cannot);
    for (const [name, program] of Object.entries(scenario.go ?? {})) {
      const { samples, missing } = goSamples(program, facts.count, facts.rounds);
      if (missing !== undefined) cannot[name] = missing;
      else pool(name, "go", samples);
    }
  }
  const figures = {};
  for (const [name, { role, figures: all }] of pools) {
    if (cannot[name] !== undefined) continue;
    figures[name] = {
      role,
      value: round(median(all)),
      low: round(quantile(all, 0.25)),
      high: round(quantile(all, 0.75)),
    };
  }
  const { unit = "ns", about, better = "less", table } = scenario;
  const targets = (scenario.targets ?? []).map((target) => target({ unit, figures, cannot }));
  const { count, rounds } = facts;
  return {
    name: scenario.name,
    about,
    table,
    unit,
    better,
    count,
    rounds,
    processes,
    load: before,
    figures,
    cannot,
    targets,
  };
}

/** What the worker has to say to this. */
export async function inOwnProcess(job) {
  const child = fork(worker, [JSON.stringify(job)], { execArgv: job.profile ? profilingFlags : flags });
  const [answers, [status]] = await Promise.all([messages(child), once(child, "exit")]);
  if (status !== 0 || answers.length !== 1) throw new Error(`${job.suite}, ${job.scenario}: exit status ${status}`);
  return answers[0];
}

async function messages(child) {
  const all = [];
  child.on("message", (message) => all.push(message));
  await once(child, "disconnect");
  return all;
}

// More digits than anybody can believe in only make the files change.
function round(value) {
  return Number(value.toPrecision(5));
}
