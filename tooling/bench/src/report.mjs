import { markdownTable } from "markdown-table";
import { standing } from "./targets.mjs";

/** Figures as a person reads them. */
export function shown(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** A table whose first column is words and whose others are numbers. */
export function table(head, rows) {
  return markdownTable([head, ...rows], { align: head.map((_, i) => (i === 0 ? "l" : "r")) });
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
    `${count.toLocaleString("en")} a round, ${rounds} rounds in each of ${processes} processes`,
    "",
    table([unit, "median", "times ours", "half of the rounds"], rows),
    "",
    ...Object.entries(cannot).map(([of, why]) => `not ${of}: ${why}`),
    ...targets.map((target) => `target: ${target.claim}: ${standing(target)}`),
    "",
  ].join("\n");
}
