import { errgroup } from "./strategies/errgroup.ts";
import { hedged } from "./strategies/hedged.ts";
import { redundant } from "./strategies/redundant.ts";
import { scattergather } from "./strategies/scattergather.ts";
import { semaphore } from "./strategies/semaphore.ts";
import { sequential } from "./strategies/sequential.ts";
import type { Strategy } from "./strategies/strategy.ts";
import { waitgroup } from "./strategies/waitgroup.ts";
import { wsemaphore } from "./strategies/wsemaphore.ts";

export type StrategyName =
  | "sequential"
  | "waitgroup"
  | "scattergather"
  | "redundant"
  | "errgroup"
  | "hedged"
  | "semaphore"
  | "wsemaphore";

export interface StrategyEntry {
  readonly run: Strategy;
  /** How it goes about it, in one line. */
  readonly summary: string;
  /** What a datacenter waits for that is not asked at once. */
  readonly waitsFor?: "turn" | "hedge" | "semaphore";
}

/** All strategies, in the order in which the workshop comes to them. */
export const strategies: Readonly<Record<StrategyName, StrategyEntry>> = {
  sequential: { run: sequential, summary: "one after another", waitsFor: "turn" },
  waitgroup: { run: waitgroup, summary: "all at once, wait for all" },
  scattergather: { run: scattergather, summary: "all at once, each answer as it arrives" },
  redundant: { run: redundant, summary: "all at once, the first who has it wins" },
  errgroup: { run: errgroup, summary: "all at once, the first failure cancels the others" },
  hedged: { run: hedged, summary: "the next one only when an answer is late", waitsFor: "hedge" },
  semaphore: { run: semaphore, summary: "all, but only so many at a time", waitsFor: "semaphore" },
  wsemaphore: { run: wsemaphore, summary: "all, but only so much weight at a time", waitsFor: "semaphore" },
};

export const strategyNames = Object.keys(strategies) as readonly StrategyName[];
