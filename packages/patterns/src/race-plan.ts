import type { Budget } from "./budget.ts";
import type { HedgeEvent } from "./hedge-event.ts";
import type { Percentile } from "./percentile.ts";

/** How a race is run. What is absent does not happen. */
export interface RacePlan<Target, R> {
  /** Milliseconds from the attempt that was sent last to the next one, when `sent` have been sent. */
  readonly delay: (sent: number) => number;
  /** Absent: one attempt per target. */
  readonly maxAttempts?: number | undefined;
  readonly accept?: ((value: R, target: Target, index: number) => boolean) | undefined;
  readonly nonFatal?: ((reason: unknown, target: Target, index: number) => boolean) | undefined;
  readonly pushback?: ((reason: unknown) => number | undefined) | undefined;
  readonly budget?: Pick<Budget, "deposit" | "tryWithdraw"> | undefined;
  readonly latency?: Percentile | undefined;
  /** Never throws. */
  readonly observe?: ((event: HedgeEvent<Target>) => void) | undefined;
}
