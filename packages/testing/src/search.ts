import type { RunResult } from "./run-options.ts";
import type { Strategy } from "./strategy.ts";

/** One schedule to be run. */
export interface Attempt {
  readonly strategy: Strategy;
  /** Names the schedule, if its strategy can be made again from a few numbers. */
  readonly seed: string | undefined;
}

/** Goes through schedules of a program, one after the other. */
export interface Search {
  /** Whether it learns from what each step did. */
  readonly needsTrace: boolean;
  /** The next one to run; `undefined` when there are no more. */
  next(): Attempt | undefined;
  /** How the last one went. */
  learn(result: RunResult): void;
  /** How much of all schedules has been seen, from 0 to 1; `undefined` if the strategy cannot tell. */
  covered(): number | undefined;
}
