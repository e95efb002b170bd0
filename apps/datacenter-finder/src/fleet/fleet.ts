import type { HttpFinder } from "../http-finder.ts";
import type { StrategyName } from "../strategies.ts";
import type { StrategyOptions } from "../strategies/strategy.ts";

/** Datacenters to ask, and how. */
export interface Fleet {
  readonly datacenters: readonly HttpFinder[];
  /** What is said of it at the start. */
  readonly description: string;
  readonly options: StrategyOptions;
  /** Those that a strategy asks, in this order. */
  findersOf(strategy: StrategyName): readonly HttpFinder[];
  /** Ends what the fleet has started. */
  close(): Promise<void>;
}
