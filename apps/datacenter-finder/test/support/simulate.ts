import { sleep } from "@conc/chan";
import { background, type Context } from "@conc/context";
import { useFakeClock, watch } from "@conc/internal/testkit";
import { find } from "../../src/find.ts";
import type { Finder } from "../../src/finder.ts";
import { asked, type DatacenterSpec, datacenters } from "../../src/fleet/workshop.ts";
import type { Report } from "../../src/report.ts";
import type { StrategyName } from "../../src/strategies.ts";
import type { Hedging, StrategyOptions } from "../../src/strategies/strategy.ts";

export interface Simulation {
  /** Where the resource lives; absent: everywhere. */
  readonly livesIn?: readonly string[];
  /** Who is asked; absent: those of the workshop for the strategy. */
  readonly among?: readonly DatacenterSpec[];
  readonly timeout?: number;
  readonly options?: StrategyOptions;
  readonly hedging?: Hedging;
  readonly parent?: Context;
}

export interface Simulated {
  /** For example `75 GRA started`. */
  readonly events: readonly string[];
  readonly report: Report;
  /** What was left when the find had ended and nothing more could happen. */
  readonly left: { readonly timers: number; readonly waiting: number };
}

/** A datacenter on the fake clock. */
export function fakeFinder({ name, delay, weight, failure }: DatacenterSpec, has: () => boolean = () => true): Finder {
  return {
    name,
    weight,
    find: async (ctx) => {
      await sleep(delay, ctx);
      if (failure !== undefined) throw new Error(failure);
      return has();
    },
  };
}

/** Those of the workshop's datacenters that a strategy asks. */
export function workshop(strategy: StrategyName): DatacenterSpec[] {
  return asked[strategy].map((name) => datacenters.find((one) => one.name === name) as DatacenterSpec);
}

/** Makes a find in no time, on the fake clock. */
export async function simulate(strategy: StrategyName, simulation: Simulation = {}): Promise<Simulated> {
  const { livesIn, among = workshop(strategy), timeout = 60_000, parent = background(), options, hedging } = simulation;
  const clock = useFakeClock();
  const watched = watch();
  const events: string[] = [];
  try {
    const finders = among.map((one) => fakeFinder(one, () => livesIn?.includes(one.name) ?? true));
    const finding = find(parent, "server-1", {
      strategy,
      finders,
      timeout,
      ...(options === undefined ? {} : { options }),
      ...(hedging === undefined ? {} : { hedging }),
      now: () => clock.now(),
      observe: (event) => {
        const tail = event.type === "answered" && !event.found ? " not found" : "";
        events.push(`${event.at} ${event.datacenter} ${event.type}${tail}`);
      },
    });
    await clock.advance(timeout);
    const report = await finding;
    return { events, report, left: { timers: clock.timers, waiting: watched.waiting } };
  } finally {
    watched.stop();
    clock.restore();
  }
}
