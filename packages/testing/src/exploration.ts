import { inspect } from "@conc/internal";
import type { RunResult } from "./run-options.ts";
import type { StrategyName } from "./explore-options.ts";

/** What an exploration has seen. Printed, it says so in words. */
export class Exploration {
  readonly strategy: StrategyName;
  /** What `explore` was seeded with, or seeded itself with; absent for the strategies that need no chance. */
  readonly seed: number | undefined;
  /** How many schedules were run. */
  schedules = 0;
  /** How many steps they had in all. */
  steps = 0;
  /** How often something came from outside of what is explored: a fetch, a file, a timer of the platform. */
  fromOutside = 0;
  /** Whether there is no schedule of another outcome: everything was tried that the strategy would try. */
  complete = false;
  /** The part of all schedules that was seen, as a number from 0 to 1; `undefined` if the strategy cannot tell. */
  covered: number | undefined;
  /** What the body gave, or how it failed, and how often. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly #outcomes = new Map<string, number>();

  constructor(strategy: StrategyName, seed: number | undefined) {
    this.strategy = strategy;
    this.seed = seed;
    this.outcomes = this.#outcomes;
  }

  /** @internal */
  add(result: RunResult): void {
    this.schedules++;
    this.steps += result.steps;
    this.fromOutside += result.fromOutside;
    const outcome = outcomeOf(result);
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
  }

  toString(): string {
    const { schedules, outcomes, steps } = this;
    const how = this.seed === undefined ? this.strategy : `${this.strategy}, seed ${this.seed}`;
    const lines = [
      `${count(schedules, "schedule")} (${how}), ${count(steps, "step")}, ${count(outcomes.size, "outcome")}`,
    ];
    if (outcomes.size > 1) {
      for (const [outcome, times] of outcomes) lines.push(`  ${count(times, "time")}: ${inOneLine(outcome)}`);
    }
    if (this.complete) lines.push("That is all of them: no order of events has another outcome.");
    else if (this.covered !== undefined) {
      lines.push(
        `NOT all of them: about ${(this.covered * 100).toPrecision(2)} % when the bound was hit. Raise \`schedules\`, or try 'dpor'.`,
      );
    } else if (this.strategy === "dpor") {
      lines.push("NOT all of them: the bound was hit. Raise `schedules`.");
    }
    if (this.fromOutside > 0) {
      lines.push(
        `${count(this.fromOutside, "time")} something came from outside (fetch, files, setTimeout): seen as one step each, in the order ` +
          "in which it happened to come.",
      );
    }
    return lines.join("\n");
  }

  [inspect](): string {
    return this.toString();
  }
}

function outcomeOf({ failure, value }: RunResult): string {
  if (failure === undefined) return print(value);
  return failure.kind === "error" || failure.kind === "unhandled" ? `throws ${String(failure.error)}` : failure.kind;
}

function print(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Circular, or with a bigint in it.
    return String(value);
  }
}

// The messages of jest's assertions, for one, have several.
function inOneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}
