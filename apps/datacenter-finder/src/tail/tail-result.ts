import type { StrategyName } from "../strategies.ts";

/** How long finds by one strategy have taken, and what they have cost. Times are in milliseconds. */
export interface TailResult {
  readonly strategy: StrategyName;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly most: number;
  /** How many requests a find has made, on average. */
  readonly load: number;
  /** Each find's time, the shortest first. */
  readonly times: readonly number[];
}
