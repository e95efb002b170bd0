import { seeded } from "@conc/internal";
import type { Step } from "../step.ts";
import type { Strategy } from "../strategy.ts";
import type { Task } from "../task.ts";

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010): tasks have random priorities, the
 * highest goes first, and at `depth - 1` random places the one that would go falls behind all others. A bug that needs `depth` orderings
 * to come together in a program of `n` tasks and `choices` choices is found with a probability of at least 1 / (n * choices ** (depth - 1)).
 *
 * Invariant: a task's priority is above 0 until it falls; the fallen are below 0, the later the lower.
 */
export class Pct implements Strategy {
  readonly choose: (n: number) => number;
  readonly #priorities = new Map<Task, number>();
  readonly #changes = new Set<number>();
  #picks = 0;
  #lowest = 0;

  constructor(seed: number, depth: number, choices: number) {
    this.choose = seeded(seed);
    for (let i = 1; i < depth; i++) this.#changes.add(this.choose(choices));
  }

  pick(ready: readonly Step[]): number {
    let at = this.#highest(ready);
    if (this.#changes.has(this.#picks++)) {
      this.yielded((ready[at] as Step).task);
      at = this.#highest(ready);
    }
    return at;
  }

  /** Falls behind all others. */
  yielded(task: Task): void {
    this.#priorities.set(task, --this.#lowest);
  }

  #highest(ready: readonly Step[]): number {
    let at = 0;
    for (let i = 1; i < ready.length; i++) {
      if (this.#priority(ready[i] as Step) > this.#priority(ready[at] as Step)) at = i;
    }
    return at;
  }

  #priority({ task }: Step): number {
    let priority = this.#priorities.get(task);
    if (priority === undefined) {
      priority = 1 + this.choose(2 ** 30);
      this.#priorities.set(task, priority);
    }
    return priority;
  }
}
