/*
 * `pnpm bench` says what there is; `pnpm bench chan`, `pnpm bench chan spsc "mpsc 0"` measure, `pnpm bench --all` all suites.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { turbo } from "../../scripts/turbo.mjs";
import { goVersion } from "./go.mjs";
import { load, machine, versions } from "./machine.mjs";
import { report } from "./report.mjs";
import { measured } from "./scenario.mjs";
import { chosen, suiteNames, suiteOf } from "./suites.mjs";

const { values, positionals } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const names = suiteNames();
const wanted = values.all ? names : positionals.filter((name) => names.includes(name));
const scenarioNames = positionals.filter((name) => !names.includes(name));

if (wanted.length === 0) await list();
else {
  const suites = await Promise.all(wanted.map(async (name) => [name, await suiteOf(name)]));
  const status = turbo([
    "run",
    "build",
    ...suites.flatMap(([, { packages }]) => packages.map((name) => `--filter=${name}`)),
  ]);
  if (status !== 0) process.exit(status);
  const results = [];
  for (const [name, suite] of suites) results.push(await run(name, suite));
  if (values.json !== undefined) writeFileSync(values.json, json(results.length === 1 ? results[0] : results));
}

async function run(name, suite) {
  const facts = {
    suite: name,
    title: suite.title,
    quick: values.quick,
    ...machine(),
    go: goVersion(),
    versions: versions(suite.peers),
  };
  console.log(
    `${suite.title}: ${facts.date}, ${facts.processor}, Node ${facts.node}, Go: ${facts.go}, load ${facts.load}`,
  );
  console.log(
    `${Object.entries(facts.versions)
      .map((one) => one.join(" "))
      .join(", ")}\n`,
  );
  if (suite.floor !== undefined) console.log(`The floor: ${suite.floor}\n`);
  const scenarios = [];
  for (const scenario of chosen(suite, scenarioNames)) {
    const result = await measured(name, scenario, values);
    console.log(report(result));
    scenarios.push(result);
  }
  return { ...facts, floor: suite.floor, loadAfter: load(), scenarios };
}

async function list() {
  console.log("pnpm bench SUITE ... [SCENARIO ...] [--quick] [--json FILE]; pnpm bench --all\n");
  for (const name of names) {
    const { title, scenarios } = await suiteOf(name);
    console.log(`${name.padEnd(10)} ${title}: ${scenarios.map((one) => one.name).join(", ")}`);
  }
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
