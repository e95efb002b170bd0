import type { Finder } from "../finder.ts";
import type { StrategyName } from "../strategies.ts";
import type { StrategyOptions } from "../strategies/strategy.ts";

/** How much weight a find by this strategy may have in progress at a time, at worst. */
export function loadOf(strategy: StrategyName, finders: readonly Finder[], options: StrategyOptions): number {
  const heaviest = finders.map(({ weight }) => weight).sort((a, b) => b - a);
  const sum = (weights: readonly number[]) => weights.reduce((total, weight) => total + weight, 0);
  if (strategy === "sequential") return sum(heaviest.slice(0, 1));
  if (strategy === "semaphore") return sum(heaviest.slice(0, options.limit));
  if (strategy === "wsemaphore") return Math.min(sum(heaviest), options.capacity);
  return sum(heaviest);
}
