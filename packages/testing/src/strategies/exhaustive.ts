import type { RunResult } from "../run-options.ts";
import type { Attempt, Search } from "../search.ts";
import { NondeterminismError } from "../nondeterminism-error.ts";
import { Recorded } from "./recorded.ts";

/**
 * Every schedule there is, depth first: each time the last choice that had another way is taken the other way.
 *
 * Invariant: all schedules that come before #prefix, in the order of their choices, have been run.
 */
export class Exhaustive implements Search {
  readonly needsTrace = false;
  #prefix: readonly number[] | undefined = [];
  // Of each choice of #prefix, among how many it was.
  #sizes: readonly number[] = [];
  #covered = 0;

  next(): Attempt | undefined {
    return this.#prefix === undefined ? undefined : { strategy: new Recorded(this.#prefix), seed: undefined };
  }

  learn({ choices, sizes }: RunResult): void {
    const prefix = this.#prefix as readonly number[];
    if (choices.length < prefix.length || this.#sizes.some((size, i) => size !== sizes[i])) {
      throw new NondeterminismError();
    }
    // A schedule stands for the part of all that a random walk would come to it with.
    this.#covered += 1 / sizes.reduce((all, size) => all * size, 1);
    let at = choices.length - 1;
    while (at >= 0 && (choices[at] as number) + 1 === sizes[at]) at--;
    this.#prefix = at < 0 ? undefined : [...choices.slice(0, at), (choices[at] as number) + 1];
    this.#sizes = sizes.slice(0, at + 1);
  }

  covered(): number {
    return this.#prefix === undefined ? 1 : this.#covered;
  }
}
