import type { Failure } from "./failure.ts";
import type { TraceStep } from "./trace.ts";

export interface RunOptions {
  /** More steps than that are a livelock. */
  readonly maxSteps: number;
  /** A timer may fire whenever anything may happen, instead of when nothing else can. */
  readonly anyOrder: boolean;
  /** Whether what still waits when the body has ended is a failure. */
  readonly leaks: boolean;
  /** Whether to keep what each step did. */
  readonly trace: boolean;
  /** Whether to keep the lines of the program at which calls wait. */
  readonly sites: boolean;
}

export interface RunResult {
  readonly failure: Failure | undefined;
  /** What the body gave, if it did not fail. */
  readonly value: unknown;
  /** What was chosen, each time there was a choice. */
  readonly choices: readonly number[];
  /** Among how many. */
  readonly sizes: readonly number[];
  readonly steps: number;
  /** How often something came from outside: a fetch, a file, a timer of the platform. */
  readonly fromOutside: number;
  readonly trace: readonly TraceStep[];
  /** How each task stood when the run failed, in words; empty if it did not, or was not to be told with sites. */
  readonly standing: readonly string[];
}
