import type { Step } from "./step.ts";

/** An operation on something that other steps may see. */
export interface Touch {
  readonly object: object;
  readonly operation: string;
}

/** One step of a run, and what was known when it was chosen. */
export interface TraceStep {
  readonly step: Step;
  /** What could have happened instead, this step included. */
  readonly ready: readonly Step[];
  readonly touches: Touch[];
  /** The numbers that the step drew, and out of how many: which of its ready cases a select took. */
  readonly drawn: { readonly value: number; readonly of: number }[];
}

const readings: ReadonlySet<string> = new Set(["check", "read", "length", "err"]);

/** Whether the operation leaves the object as it is. */
export function isReading(touch: Touch): boolean {
  return readings.has(touch.operation);
}
