import { markdownTable } from "markdown-table";
import { groups } from "./profile.mjs";
import { standing } from "./targets.mjs";

/** Figures as a person reads them. */
export function shown(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** A table whose first column is words and whose others are numbers, unless told otherwise. */
export function table(head, rows, others = "r") {
  return markdownTable([head, ...rows], { align: head.map((_, i) => (i === 0 ? "l" : others)) });
}

/** What a scenario gave, as it is printed. */
export function report({ name, about, unit, better, count, rounds, processes, figures, cannot, targets }) {
  const ours = Object.values(figures)[0].value;
  const rows = Object.entries(figures).map(([of, { value, low, high }]) => [
    of,
    shown(value),
    `${(better === "less" ? value / ours : ours / value).toFixed(2)}x`,
    `${shown(low)} to ${shown(high)}`,
  ]);
  return [
    `${name}: ${about}`,
    `${count === 1 ? "" : `${count.toLocaleString("en")} a round, `}${rounds} rounds in each of ${processes} processes`,
    "",
    table([unit, "median", "times ours", "half of the rounds"], rows),
    "",
    ...Object.entries(cannot).map(([of, why]) => `not ${of}: ${why}`),
    ...targets.map((target) => `target: ${target.claim}: ${standing(target)}`),
    "",
  ].join("\n");
}

/** How all targets stand, as it is printed at the end. */
export function standings(results) {
  return results
    .flatMap(({ scenarios, overall }) => [
      ...scenarios.flatMap(({ name, targets }) => targets.map((target) => [name, target])),
      ...overall.map((target) => ["all", target]),
    ])
    .map(([name, target]) => `${name.padEnd(18)} ${target.claim}: ${standing(target)}`)
    .join("\n");
}

const percent = (part) => `${(part * 100).toFixed(1)} %`;

/** Where the time of one scenario goes. */
export function profileReport({ scenario, candidate, by, totals, functions }) {
  return [
    `${scenario}, ${candidate}, by ${by === "perf" ? "perf" : "the engine's profiler, which counts what the engine does for an await to who awaits"}`,
    "",
    table(
      ["of whom", "part"],
      Object.entries(totals).map(([group, part]) => [groups[group], percent(part)]),
    ),
    "",
    table(
      ["function, without what it calls", "of whom", "part"],
      functions.slice(0, 20).map(({ name, group, part }) => [name, groups[group], percent(part)]),
    ),
    "",
  ].join("\n");
}
