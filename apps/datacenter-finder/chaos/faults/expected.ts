import type { StrategyName } from "../../src/strategies.ts";
import type { FaultKind } from "./faults.ts";

/** Around the fault. */
export interface Circumstance {
  /** `one`: it is asked first, and then come one that has the resource and one that says no. `all`: every datacenter has it. */
  readonly faulty: "one" | "all";
  /** Which time is up first for a datacenter that hangs: its own, or the find's. */
  readonly first: "datacenter" | "find";
}

/** The result of a find, by the words of its report, and the datacenter where it was found. */
export type Right = "found in good" | "found in faulty" | "failed" | "deadline exceeded";

/**
 * What is right, from what each strategy promises:
 *
 *                    the faulty one has answered   it fails, or its own time is up   it hangs, until the find's time is up
 *   sequential       its answer counts             the others are heard              the deadline: it wants to hear everyone
 *   waitgroup        its answer counts             the others are heard              the deadline
 *   scattergather    its answer counts             the others are heard              the deadline
 *   semaphore        its answer counts             the others are heard              the deadline
 *   wsemaphore       its answer counts             the others are heard              the deadline
 *   errgroup         its answer counts             the find fails: all or nothing    the deadline: all or nothing
 *   redundant        its answer counts             another wins                      another wins
 *   hedged           its answer counts             the next one wins                 the next one wins, asked when it is late
 *
 * When all datacenters fail the find has failed, and when all hang until the deadline that is exceeded, by every strategy.
 */
export function expected(strategy: StrategyName, kind: FaultKind, { faulty, first }: Circumstance): Right {
  if (kind === "answers") return "found in faulty";
  const late = kind === "hangs" && first === "find";
  if (faulty === "all") return late ? "deadline exceeded" : "failed";
  if (strategy === "redundant" || strategy === "hedged") return "found in good";
  if (late) return "deadline exceeded";
  return strategy === "errgroup" ? "failed" : "found in good";
}
