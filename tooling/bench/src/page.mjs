import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { drawRatios, plotted } from "./plot.mjs";
import { groups } from "./profile.mjs";
import { shown, table } from "./report.mjs";
import { kept } from "./results.mjs";
import { standing } from "./targets.mjs";

const guide = new URL("../../../apps/docs/guide/", import.meta.url);

const ours = /^performance(?:-.*)?\.(?:md|svg)$/;

/** The files of the page, as the figures that are kept give them: their contents by their names. */
export function files(results = kept()) {
  const all = new Map([["performance.md", page(results)]]);
  for (const result of results) {
    if (result.scenarios.some(plotted)) all.set(`performance-${result.suite}.svg`, drawRatios(result));
  }
  return all;
}

// The files of the page that are there.
function existing() {
  return readdirSync(guide).filter((file) => ours.test(file));
}

export function writePage() {
  for (const file of existing()) rmSync(new URL(file, guide));
  for (const [file, contents] of files()) writeFileSync(new URL(file, guide), contents);
}

/** The contents of the files that are there, by their names. */
export function written() {
  return new Map(existing().map((file) => [file, readFileSync(new URL(file, guide), "utf8")]));
}

function page(results) {
  return `${[intro, targets(results), ...results.map(suite), whereTheTimeGoes(results)].join("\n\n")}\n`;
}

const intro = `<!-- Written by \`pnpm bench --report\` from tooling/bench/results: change those, or tooling/bench/src/page.mjs. -->

# How fast

What the packages cost beside other libraries, beside code written by hand, beside Go, and beside the least that is possible. \`pnpm bench\`
measures it on your machine; how it measures stands in the README of \`tooling/bench\`.

Only ratios travel: all that is compared ran in turn in one process, and Go, on one processor, between these. Times are processor time,
medians of all rounds; the machine and its load stand at each suite.`;

function targets(results) {
  const rows = results.flatMap(({ suite: name, scenarios, overall }) =>
    [...scenarios, { name: "all of them", targets: overall }].flatMap((scenario) =>
      scenario.targets.map((target) => [`${name}, ${scenario.name}`, target.claim, standing(target)]),
    ),
  );
  const judged = results.flatMap(({ scenarios, overall }) => [...scenarios.flatMap((one) => one.targets), ...overall]);
  const met = judged.filter((target) => target.met).length;
  return `## The targets

${met} of ${judged.length} are met.

${words(["scenario", "target", "measured"], rows)}`;
}

// All columns are words.
function words(head, rows) {
  return table(head, rows, "l");
}

function suite({
  suite: name,
  title,
  quick,
  date,
  commit,
  processor,
  memory,
  system,
  node,
  go,
  load,
  loadAfter,
  versions,
  floor,
  scenarios,
}) {
  const told = Object.entries(versions).map(([peer, version]) => `${peer} ${version}`);
  const parts = [
    `## ${title}`,
    `${date}, commit ${commit}: ${processor}, ${memory}, ${system}, Node ${node}, Go ${go}; load ${load} before, ${loadAfter} after. ` +
      `${told.join(", ")}.${quick ? " **A quick run: few rounds.**" : ""}`,
  ];
  if (floor !== undefined) parts.push(`**The floor.** ${floor}`);
  if (scenarios.some(plotted))
    parts.push(`![Times of others as multiples of ours, by scenario](./performance-${name}.svg)`);
  for (const [heading, members] of grouped(scenarios)) {
    parts.push(members.length > 1 ? joint(heading, members) : single(members[0]));
  }
  return parts.join("\n\n");
}

function grouped(scenarios) {
  const all = new Map();
  for (const scenario of scenarios) {
    const key = scenario.table ?? scenario.name;
    if (!all.has(key)) all.set(key, []);
    all.get(key).push(scenario);
  }
  return all;
}

function beside(figures, value, better) {
  const first = Object.values(figures)[0].value;
  const ratio = better === "less" ? value / first : first / value;
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)}x`;
}

// Who stands first.
const roles = ["ours", "variant", "floor", "go", "plain", "peer"];

/** Several scenarios with the same candidates: a row each. */
function joint(heading, scenarios) {
  const all = new Map(scenarios.flatMap(({ figures }) => Object.entries(figures).map(([of, { role }]) => [of, role])));
  const columns = [...all.keys()].sort((a, b) => roles.indexOf(all.get(a)) - roles.indexOf(all.get(b)));
  const units = new Set(scenarios.map(({ unit }) => unit));
  const rows = scenarios.map(({ name, unit, figures, better }) => [
    units.size === 1 ? name : `${name}, ${unit}`,
    ...columns.map((column, i) => {
      if (figures[column] === undefined) return "";
      const value = shown(figures[column].value);
      return i === 0 ? value : `${value} (${beside(figures, figures[column].value, better)})`;
    }),
  ]);
  return [
    `### ${heading}`,
    scenarios.map(({ name, about }) => `- ${name}: ${about}`).join("\n"),
    table([units.size === 1 ? [...units][0] : "", ...columns], rows),
    missing(scenarios),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** One scenario: a row for each candidate. */
function single(scenario) {
  const { name, about, unit, figures, better } = scenario;
  const rows = Object.entries(figures).map(([of, { value, low, high }]) => [
    of,
    shown(value),
    beside(figures, value, better),
    `${shown(low)} to ${shown(high)}`,
  ]);
  return [
    `### ${name}`,
    `${about[0].toUpperCase()}${about.slice(1)}.`,
    table([unit, "median", "times ours", "half of the rounds"], rows),
    missing([scenario]),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Who is not in a table, and why. */
function missing(scenarios) {
  const reasons = new Map();
  for (const { name, cannot } of scenarios) {
    for (const [of, why] of Object.entries(cannot)) {
      const key = `${of}: ${why}`;
      reasons.set(key, [...(reasons.get(key) ?? []), name]);
    }
  }
  const lines = [...reasons].map(([reason, names]) => {
    const where = names.length === scenarios.length ? "" : ` (${names.join(", ")})`;
    return `- ${reason}${where}`;
  });
  return lines.length === 0 ? "" : `Not in it:\n\n${lines.join("\n")}`;
}

function whereTheTimeGoes(results) {
  const profiles = results.flatMap(({ suite: name, profiles: own }) => own.map((one) => ({ name, ...one })));
  if (profiles.length === 0) return "";
  const percent = (part) => `${(part * 100).toFixed(1)} %`;
  const parts = Object.keys(groups);
  const summary = profiles.map(({ name, scenario, totals }) => [
    `${name}, ${scenario}`,
    ...parts.map((part) => percent(totals[part])),
  ]);
  const byFunction = profiles.map(({ name, scenario, by, functions }) => {
    const rows = functions.map((one) => [`\`${one.name}\``, groups[one.group], percent(one.part)]);
    const how =
      by === "perf"
        ? ""
        : " (by the engine's profiler, which counts what the engine does for an `await` to who awaits)";
    return `### ${name}, ${scenario}${how}\n\n${table(["function, without what it calls", "of whom", "part"], rows)}`;
  });
  return `## Where the time goes

The processor time of ours, as samples of a profiler tell it (\`pnpm bench chan --profile spsc\`). What the engine has compiled into its
caller is counted there: most of \`send\` and \`recv\` stands in the scenario's own loop.

${table(["", ...parts.map((part) => groups[part])], summary)}

${byFunction.join("\n\n")}`;
}
