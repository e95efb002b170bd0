import type { Step } from "../step.ts";
import type { Strategy } from "../strategy.ts";

/** Takes the choices of a list, and the first each time when the list has ended. */
export class Recorded implements Strategy {
  readonly #choices: readonly number[];
  #at = 0;
  #exact = true;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
  }

  /** Whether every choice of the list was asked for, and possible. */
  get exact(): boolean {
    return this.#exact && this.#at >= this.#choices.length;
  }

  pick(ready: readonly Step[]): number {
    return this.choose(ready.length);
  }

  choose(n: number): number {
    const choice = this.#choices[this.#at++] ?? 0;
    if (choice < n) return choice;
    this.#exact = false;
    return n - 1;
  }
}
