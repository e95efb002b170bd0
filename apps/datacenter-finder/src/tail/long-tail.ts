import { sleep } from "@conc/chan";
import type { Finder } from "../finder.ts";
import type { StrategyOptions } from "../strategies/strategy.ts";

/** A fleet that is quick nearly always: one answer in twenty takes ten to twenty times as long. */
export const longTail = {
  names: ["SBG", "GRA", "BHS"],
  /** In milliseconds. */
  usual: { least: 10, most: 20 },
  late: { least: 200, most: 400, share: 0.05 },
  /** Late enough that few who are quick are asked twice. */
  options: { hedgeDelay: 30, limit: 2, capacity: 30 } satisfies StrategyOptions,
} as const;

/** How long one answer takes, of a chance from 0 to 1 for being late and another for how late. */
export function delayOf(chance: number, extent: number): number {
  const { least, most } = chance < longTail.late.share ? longTail.late : longTail.usual;
  return least + extent * (most - least);
}

/** Its datacenters, in this process: all have everything. `asked` hears of each request. */
export function longTailFinders(asked: () => void, random: () => number = Math.random): Finder[] {
  return longTail.names.map((name) => ({
    name,
    weight: 10,
    find: async (ctx) => {
      asked();
      await sleep(delayOf(random(), random()), ctx);
      return true;
    },
  }));
}
