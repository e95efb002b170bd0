import { seeded } from "@conc/internal";
import type { Step } from "../step.ts";
import type { Strategy } from "../strategy.ts";

/** First possible, first told: the order of a program that nobody explores. */
export class InOrder implements Strategy {
  readonly choose: (n: number) => number = seeded(1);

  pick(ready: readonly Step[]): number {
    let first = 0;
    for (let i = 1; i < ready.length; i++) {
      if ((ready[i] as Step).order < (ready[first] as Step).order) first = i;
    }
    return first;
  }
}
