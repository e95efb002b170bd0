/*
 * `pnpm bench` says what there is; `pnpm bench chan`, `pnpm bench chan spsc "mpsc 0"` measure; `pnpm bench --all --write` measures all for
 * the documentation.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { turbo } from "../../scripts/turbo.mjs";
import { goVersion } from "./go.mjs";
import { load, machine, versions } from "./machine.mjs";
import { writePage } from "./page.mjs";
import { profileReport, report, standings } from "./report.mjs";
import { write } from "./results.mjs";
import { inOwnProcess, measured } from "./scenario.mjs";
import { chosen, suiteNames, suiteOf } from "./suites.mjs";

const usage = `pnpm bench SUITE ... [SCENARIO ...]   measures; a scenario is named by how its name begins
  --all            every suite
  --quick          fewer rounds, to see that it works
  --json FILE      the figures as JSON
  --profile        where the processor time of ours goes, instead of measuring
  --write          keeps the figures, and profiles, for the documentation, and writes its page; of whole suites only
  --report         writes the page from the figures that are kept`;

const { values, positionals } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    profile: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const names = suiteNames();
const wanted = values.all ? names : names.filter((name) => positionals.includes(name));
const scenarioNames = positionals.filter((name) => !names.includes(name));
if (values.write && scenarioNames.length > 0)
  throw new Error(`--write: expected whole suites, got ${scenarioNames.join(", ")}`);

const suites = await Promise.all(names.map(async (name) => ({ name, ...(await suiteOf(name)) })));
const chosenSuites = suites.filter(({ name }) => wanted.includes(name));
if (chosenSuites.length > 0) await bench();
else if (!values.report) {
  if (scenarioNames.length > 0) throw new Error(`suite: expected one of ${names.join(", ")}; got ${scenarioNames[0]}`);
  console.log(`${usage}\n`);
  for (const { name, title, scenarios } of suites) {
    console.log(`${name.padEnd(10)} ${title}: ${scenarios.map((one) => one.name).join(", ")}`);
  }
}
if (values.report || values.write) await writePage();

async function bench() {
  const begin = performance.now();
  const packages = new Set(chosenSuites.flatMap((suite) => suite.packages));
  const status = turbo(["run", "build", ...[...packages].map((name) => `--filter=${name}`)]);
  if (status !== 0) process.exit(status);
  const results = [];
  for (const suite of chosenSuites) {
    const scenarios = chosen(suite, scenarioNames);
    if (values.profile) await profile(suite, scenarios);
    else {
      const result = await measure(suite, scenarios);
      // At once: the next one takes minutes.
      if (values.write) write(result);
      results.push(result);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  if (results.length > 0) console.log(standings(results));
  console.log(`${((performance.now() - begin) / 60_000).toFixed(1)} minutes`);
}

async function measure({ name, title, peers, floor, overall = [], profiles = [] }, scenarios) {
  const facts = {
    suite: name,
    title,
    quick: values.quick,
    ...machine(),
    go: goVersion(),
    versions: versions(peers),
    floor,
  };
  console.log(`${title}: ${facts.date}, ${facts.processor}, Node ${facts.node}, Go: ${facts.go}, load ${facts.load}`);
  const told = Object.entries(facts.versions).map(([peer, version]) => `${peer} ${version}`);
  console.log(`${told.join(", ")}\n`);
  if (floor !== undefined) console.log(`The floor: ${floor}\n`);
  const results = [];
  for (const scenario of scenarios) {
    const result = await measured(name, scenario, values);
    console.log(report(result));
    results.push(result);
  }
  const whole = overall.map((judge) => judge(results)).filter((target) => target !== undefined);
  const looked = values.write ? await profiled(name, profiles) : [];
  return { ...facts, loadAfter: load(), scenarios: results, overall: whole, profiles: looked };
}

async function profile({ name }, scenarios) {
  for (const one of await profiled(
    name,
    scenarios.map((scenario) => scenario.name),
  ))
    console.log(profileReport(one));
}

async function profiled(suite, scenarioList) {
  const all = [];
  for (const scenario of scenarioList) {
    all.push(await inOwnProcess({ suite, scenario, quick: values.quick, profile: true }));
  }
  return all;
}
