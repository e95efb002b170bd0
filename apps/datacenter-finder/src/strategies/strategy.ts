import type { Context } from "@conc/context";
import type { Budget, HedgeEvent } from "@conc/patterns";
import type { Finder } from "../finder.ts";

/** What one datacenter said. */
export interface Answer {
  readonly datacenter: string;
  readonly found: boolean;
}

/** What strategies can be told. A strategy takes what concerns it. */
export interface StrategyOptions {
  /** After how many milliseconds without an answer the next datacenter is asked. */
  readonly hedgeDelay: number;
  /** How many datacenters are asked at a time. */
  readonly limit: number;
  /** How much weight is asked at a time. */
  readonly capacity: number;
}

/** What the hedges of many finds are paid from together, and who hears of them. */
export interface Hedging {
  readonly budget: Pick<Budget, "deposit" | "tryWithdraw">;
  readonly observe: (event: HedgeEvent<Finder>) => void;
}

/** Hedges for nothing, of which nobody hears. */
export const unpaid: Hedging = { budget: { deposit: () => {}, tryWithdraw: () => true }, observe: () => {} };

/** The workshop's. */
export const defaults: StrategyOptions = { hedgeDelay: 75, limit: 2, capacity: 30 };

/**
 * A way to ask several datacenters. Gives the answers it went by, in the order they came; rejects if it could not be found out, and with the
 * context's error once that is done.
 */
export type Strategy = (
  ctx: Context,
  resource: string,
  finders: readonly Finder[],
  options: StrategyOptions,
  /** Absent: hedges are free. */
  hedging?: Hedging,
) => Promise<readonly Answer[]>;
