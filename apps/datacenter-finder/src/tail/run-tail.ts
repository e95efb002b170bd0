import type { Context } from "@conc/context";
import { mapConcurrent } from "@conc/patterns";
import { find } from "../find.ts";
import type { Finder } from "../finder.ts";
import type { StrategyName } from "../strategies.ts";
import type { StrategyOptions } from "../strategies/strategy.ts";
import { longTail, longTailFinders } from "./long-tail.ts";
import type { TailResult } from "./tail-result.ts";

export interface TailPlan {
  readonly strategy: StrategyName;
  /** How many finds. */
  readonly finds: number;
  readonly options?: StrategyOptions;
  /** Makes the fleet; absent: the one with a long tail. */
  readonly finders?: (asked: () => void) => readonly Finder[];
}

/** How many finds are under way at a time: few enough that they do not slow each other down. */
const concurrency = 20;

/** Fires finds at a fleet with a long tail. Rejects with the context's error when that is done. */
export async function runTail(ctx: Context, plan: TailPlan): Promise<TailResult> {
  const { strategy, finds, options = longTail.options, finders: fleet = longTailFinders } = plan;
  let requests = 0;
  const finders = fleet(() => requests++);
  const once = async (ctx: Context) => {
    const { elapsed, result, error } = await find(ctx, "server-1", { strategy, finders, options });
    if (ctx.err !== undefined) throw ctx.err;
    if (result !== "found") throw new Error(`${strategy} ${result}: ${error}`);
    return elapsed;
  };
  const times = await mapConcurrent(Array.from({ length: finds }), once, { concurrency, ctx });
  times.sort((a, b) => a - b);
  const percentile = (p: number) => times[Math.max(0, Math.ceil(p * times.length) - 1)] as number;
  const [p50, p90, p99, most] = [percentile(0.5), percentile(0.9), percentile(0.99), percentile(1)];
  return { strategy, p50, p90, p99, most, load: Math.round((requests / finds) * 100) / 100, times };
}
