import type { Attempt, Search } from "../search.ts";
import type { Strategy } from "../strategy.ts";

/** A single schedule, known before. */
export class OneSchedule implements Search {
  readonly needsTrace = false;
  #attempt: Attempt | undefined;

  constructor(strategy: Strategy, seed: string) {
    this.#attempt = { strategy, seed };
  }

  next(): Attempt | undefined {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    return attempt;
  }

  learn(): void {}

  covered(): undefined {
    return undefined;
  }
}
