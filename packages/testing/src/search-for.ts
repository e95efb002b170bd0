import type { StrategyName } from "./explore-options.ts";
import type { Search } from "./search.ts";
import { Dpor } from "./strategies/dpor.ts";
import { Exhaustive } from "./strategies/exhaustive.ts";
import { SeededSearch } from "./strategies/seeded-search.ts";

/** The search behind a strategy's name. */
export function searchFor(strategy: StrategyName, seed: number, schedules: number): Search {
  switch (strategy) {
    case "exhaustive":
      return new Exhaustive();
    case "dpor":
      return new Dpor();
    case "mix":
    case "random":
    case "pct":
      return new SeededSearch(strategy, seed, schedules);
  }
}
