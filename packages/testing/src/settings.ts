import { checkWhole, describe } from "@conc/internal";
import type { ExploreOptions, RunSettings, StrategyName } from "./explore-options.ts";
import type { RunOptions } from "./run-options.ts";

const strategies: readonly StrategyName[] = ["mix", "random", "pct", "exhaustive", "dpor"];

/** What holds for each run. */
export function runSettings({
  maxSteps = 10_000,
  leaks = "fail",
}: RunSettings): Pick<RunOptions, "maxSteps" | "leaks"> {
  checkWhole("maxSteps", maxSteps, 1);
  checkOneOf("leaks", leaks, ["fail", "allow"]);
  return { maxSteps, leaks: leaks === "fail" };
}

/** The options of an exploration, checked and made whole. */
export function exploreSettings(options: ExploreOptions): Required<Pick<ExploreOptions, "strategy" | "schedules">> & {
  readonly anyOrder: boolean;
  readonly systematic: boolean;
} {
  const { strategy = "mix", timers = "in-order" } = options;
  checkOneOf("strategy", strategy, strategies);
  checkOneOf("timers", timers, ["in-order", "any-order"]);
  const systematic = strategy === "exhaustive" || strategy === "dpor";
  const { schedules = systematic ? 100_000 : 1000 } = options;
  checkWhole("schedules", schedules, 1);
  if (options.seed !== undefined) checkWhole("seed", options.seed, 0);
  return { strategy, schedules, anyOrder: timers === "any-order", systematic };
}

function checkOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) {
    throw new RangeError(`${name}: expected one of ${allowed.join(", ")}, got ${describe(value)}`);
  }
}
