import { seeded } from "@conc/internal";
import type { RunResult } from "../run-options.ts";
import type { Attempt, Search } from "../search.ts";
import { Pct } from "./pct.ts";
import { RandomWalk } from "./random-walk.ts";

/** The kinds of schedule that a strategy takes turns with: 0 is a random walk, another number the depth of a PCT schedule. */
const turns = {
  random: [0],
  pct: [2, 3, 4],
  mix: [0, 2, 3],
} as const;

/** Schedules drawn from a seed, one after the other. PCT's are calibrated with the longest schedule seen so far. */
export class SeededSearch implements Search {
  readonly needsTrace = false;
  readonly #turns: readonly number[];
  readonly #draw: (n: number) => number;
  readonly #schedules: number;
  #run = 0;
  #choices = 10;

  constructor(strategy: keyof typeof turns, seed: number, schedules: number) {
    this.#turns = turns[strategy];
    this.#draw = seeded(seed);
    this.#schedules = schedules;
  }

  next(): Attempt | undefined {
    if (this.#run === this.#schedules) return undefined;
    const number = this.#draw(2 ** 32);
    const depth = this.#turns[this.#run++ % this.#turns.length] as number;
    const seed = depth === 0 ? `random-${number}` : `pct-${depth}-${this.#choices}-${number}`;
    const strategy = depth === 0 ? new RandomWalk(number) : new Pct(number, depth, this.#choices);
    return { strategy, seed };
  }

  learn(result: RunResult): void {
    this.#choices = Math.max(this.#choices, result.choices.length);
  }

  covered(): undefined {
    return undefined;
  }
}
