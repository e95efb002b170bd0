import type { StrategyName } from "./strategies.ts";

/** What became of one datacenter in a find. Times are milliseconds from the find's beginning. */
export interface Outcome {
  readonly datacenter: string;
  /** `running`: the find goes on for others who share it, and the one who is told has left. */
  readonly outcome: "answered" | "failed" | "cancelled" | "running" | "not started";
  /** Whether it has the resource, if it answered. */
  readonly found?: boolean;
  /** Why it failed or was cancelled. */
  readonly reason?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** How a find went. */
export interface Report {
  readonly resource: string;
  readonly strategy: StrategyName;
  readonly result: "found" | "not found" | "failed" | "deadline exceeded" | "cancelled";
  readonly found: boolean;
  /** The first that answered that it has the resource; null if none did. */
  readonly datacenter: string | null;
  /** In milliseconds. */
  readonly elapsed: number;
  /** Why the find failed or did not come to its end. */
  readonly error?: string;
  /** Every datacenter that the strategy had, in the order it was given them. */
  readonly datacenters: readonly Outcome[];
}
