import { Pct } from "./strategies/pct.ts";
import { RandomWalk } from "./strategies/random-walk.ts";
import { Recorded } from "./strategies/recorded.ts";
import type { Strategy } from "./strategy.ts";

/** A schedule in a form that can be printed, and handed to `replay` or, as CONC_SEED, to a process. */
export interface Schedule {
  readonly strategy: Strategy;
  readonly anyOrder: boolean;
}

/** `schedule-` and the choices: digits to base 36, `N40.` for a greater one, `R7.` for 7 times the first. */
export function printChoices(choices: readonly number[], anyOrder: boolean): string {
  let text = "";
  let zeros = 0;
  for (const choice of [...trimmed(choices), undefined]) {
    if (choice === 0) {
      zeros++;
      continue;
    }
    text += zeros > 3 ? `R${zeros}.` : "0".repeat(zeros);
    zeros = 0;
    if (choice !== undefined) text += choice < 36 ? choice.toString(36) : `N${choice}.`;
  }
  return printSeed(`schedule-${text}`, anyOrder);
}

/** The name of a schedule, with what else has to be known to run it. */
export function printSeed(seed: string, anyOrder: boolean): string {
  return anyOrder ? `any-order-${seed}` : seed;
}

/** Reads what a report printed, or the plain number of a random walk; `undefined` if it is neither. */
export function parseSchedule(text: string): Schedule | undefined {
  const [, anyOrder, name = ""] = /^(any-order-)?(.*)$/s.exec(text) ?? [];
  const strategy = parseStrategy(name);
  return strategy === undefined ? undefined : { strategy, anyOrder: anyOrder !== undefined };
}

/** The choices without the first ones at the end: they come by themselves. */
export function trimmed(choices: readonly number[]): readonly number[] {
  let end = choices.length;
  while (end > 0 && choices[end - 1] === 0) end--;
  return choices.slice(0, end);
}

function parseStrategy(name: string): Strategy | undefined {
  const [, random] = /^(?:random-)?(\d+)$/.exec(name) ?? [];
  if (random !== undefined) return new RandomWalk(Number(random));
  const [, depth, choices, seed] = /^pct-(\d+)-(\d+)-(\d+)$/.exec(name) ?? [];
  if (seed !== undefined) return new Pct(Number(seed), Number(depth), Number(choices));
  const [, digits] = /^schedule-((?:[0-9a-z]|N\d+\.|R\d+\.)*)$/.exec(name) ?? [];
  return digits === undefined ? undefined : new Recorded(parseChoices(digits));
}

function parseChoices(digits: string): number[] {
  return [...digits.matchAll(/([0-9a-z])|N(\d+)\.|R(\d+)\./g)].flatMap(([, digit, great, repeated]) => {
    if (digit !== undefined) return [Number.parseInt(digit, 36)];
    return great === undefined ? new Array<number>(Number(repeated)).fill(0) : [Number(great)];
  });
}
