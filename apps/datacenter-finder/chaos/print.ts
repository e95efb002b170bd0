import Table from "cli-table3";
import type { Check, Finding } from "./finding.ts";

/** Prints what was found: what was done, the figures, and for each bound whether it holds. */
export function print({ about, columns, rows, checks }: Finding, seconds: number): void {
  for (const line of about) console.log(`  ${line}`);
  const style = { head: [], border: [] };
  const figures = new Table({ head: [...columns], style });
  for (const row of rows) figures.push([...row]);
  console.log(figures.toString());
  for (const check of checks) {
    const { claim, expected, got, ok } = check;
    console.log(`${standing(check)} ${claim}: ${got}${ok && got === expected ? "" : `, expected ${expected}`}`);
  }
  console.log(`${seconds} s`);
}

function standing({ ok, onlyTold }: Check): string {
  if (onlyTold) return "told  ";
  return ok ? "ok    " : "BROKEN";
}
