import { type Context, withCancel, withTimeout } from "@conc/context";
import type { FindEvent } from "./find-event.ts";
import type { Finder } from "./finder.ts";
import { reasonOf } from "./reason-of.ts";
import { Recorder } from "./recorder.ts";
import type { Report } from "./report.ts";
import { type StrategyName, strategies } from "./strategies.ts";
import { defaults, type Hedging, type StrategyOptions } from "./strategies/strategy.ts";

/** How a find is to be made. */
export interface Plan {
  readonly strategy: StrategyName;
  readonly finders: readonly Finder[];
  /** How long it may take, in milliseconds; absent: as long as its context lets it. */
  readonly timeout?: number;
  readonly options?: StrategyOptions;
  /** What hedges are paid from, and who hears of them; absent: they are free. */
  readonly hedging?: Hedging;
  /** Hears of everything that happens, as it happens. */
  readonly observe?: (event: FindEvent) => void;
  /** Where times are taken from, in milliseconds; absent: `performance.now`. */
  readonly now?: () => number;
}

/**
 * Looks for `resource` by one strategy, and tells how it went: also of a failure, a deadline and a cancel. When it returns, nothing
 * that it started is wanted any more, and everything has been told so.
 *
 * @throws only what is a mistake of the program's own
 */
export async function find(parent: Context, resource: string, plan: Plan): Promise<Report> {
  const { strategy, finders, timeout, options = defaults, hedging, observe, now } = plan;
  using ctx = timeout === undefined ? withCancel(parent) : withTimeout(parent, timeout);
  const recorder = new Recorder(finders, observe, now);
  const report = (result: Report["result"], datacenter: string | null, error?: unknown): Report => {
    ctx.cancel(new Error("the find is over"));
    recorder.end();
    return {
      resource,
      strategy,
      result,
      found: result === "found",
      datacenter,
      elapsed: recorder.elapsed,
      ...(error === undefined ? {} : { error: reasonOf(error) }),
      datacenters: recorder.outcomes,
    };
  };

  try {
    const answers = await strategies[strategy].run(ctx, resource, recorder.finders, options, hedging);
    const first = answers.find(({ found }) => found);
    return first === undefined ? report("not found", null) : report("found", first.datacenter);
  } catch (error) {
    if (ctx.err?.name === "TimeoutError") return report("deadline exceeded", null, ctx.err);
    if (ctx.err !== undefined) return report("cancelled", null, ctx.cause);
    if (recorder.explains(error)) return report("failed", null, error);
    throw error;
  }
}
