import { seeded } from "@conc/internal";
import type { Step } from "../step.ts";
import type { Strategy } from "../strategy.ts";

/** At each choice, each step is as likely. Good at shallow races in programs with few steps. */
export class RandomWalk implements Strategy {
  readonly choose: (n: number) => number;

  constructor(seed: number) {
    this.choose = seeded(seed);
  }

  pick(ready: readonly Step[]): number {
    return this.choose(ready.length);
  }
}
