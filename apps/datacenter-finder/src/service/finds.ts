/*
 * Invariants:
 * - #flights has the finds that callers of `shared` wait for, by what they ask; one that has ended or has no callers is not in it;
 * - every find runs inside the admission, its time in the queue included in its caller's deadline.
 */
import { type Context, withTimeout } from "@conc/context";
import { Budget, SingleFlight } from "@conc/patterns";
import { type Caller, callerKey } from "../caller.ts";
import { find } from "../find.ts";
import type { FindEvent } from "../find-event.ts";
import type { Finder } from "../finder.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { Report } from "../report.ts";
import { type StrategyName, strategyNames } from "../strategies.ts";
import type { Hedging } from "../strategies/strategy.ts";
import { TracedFinder } from "../trace/traced-finder.ts";
import { Admission } from "./admission.ts";
import { type FindQuery, longestTimeout } from "./find-query.ts";
import { Flight } from "./flight.ts";
import { GatedFinder } from "./gated-finder.ts";
import type { Limits } from "./limits.ts";
import { loadOf } from "./load-of.ts";
import { MeasuredFinder } from "./measured-finder.ts";
import { Metrics } from "./metrics.ts";
import type { ServedCache } from "./served-cache.ts";

export interface Told {
  /** The find is let in, and these may be asked. */
  readonly begin: (finders: readonly Finder[]) => void;
  /** Something has happened. */
  readonly observe: (event: FindEvent) => void;
}

/** What a caller is told, of a find that may be somebody else's. */
export interface Served {
  readonly report: Report;
  /** Whether others had asked for the same. */
  readonly shared: boolean;
  /** For whom the datacenters were asked. */
  readonly leader: Caller | undefined;
  /** How many milliseconds ago, if it was kept since. */
  readonly age?: number;
}

export interface FindsOptions {
  readonly limits: Limits;
  /** Absent: nobody wants to know. */
  readonly metrics?: Metrics;
  /** What is kept of answers; absent: nothing. */
  readonly cache?: ServedCache | undefined;
}

/** All finds of the service. */
export class Finds {
  readonly #fleet: Fleet;
  readonly #gated: ReadonlyMap<Finder, GatedFinder>;
  readonly #admission: Admission;
  // How much of the admission's room a find takes.
  readonly #loads: Readonly<Record<StrategyName, number>>;
  readonly #hedging: Hedging;
  readonly #cache: ServedCache | undefined;
  readonly #single = new SingleFlight<string, Report>();
  readonly #flights = new Map<string, Flight>();
  // How many have been let in and have not ended.
  #running = 0;

  constructor(fleet: Fleet, { limits, metrics = new Metrics(), cache }: FindsOptions) {
    const measured = fleet.datacenters.map((one) => new MeasuredFinder(new TracedFinder(one), metrics));
    const gated = measured.map((one) => new GatedFinder(one, limits.perDatacenter));
    const budget = new Budget({ ratio: limits.hedgeRatio, burst: limits.hedgeBurst });
    this.#fleet = fleet;
    this.#cache = cache;
    this.#gated = new Map(fleet.datacenters.map((one, index) => [one, gated[index] as GatedFinder]));
    this.#admission = new Admission(limits);
    const load = (name: StrategyName) => loadOf(name, fleet.findersOf(name), fleet.options);
    this.#loads = Object.fromEntries(strategyNames.map((name) => [name, load(name)])) as Record<StrategyName, number>;
    this.#hedging = { budget, observe: (event) => metrics.hedge(event) };
    metrics.gauge("finds_in_flight", "finds under way", () => this.#running);
    metrics.gauge("queue_length", "finds that wait to be let in", () => this.waiting);
    metrics.gauge("hedge_budget", "hedges that could be sent now", () => budget.balance);
    metrics.gaugeEach("upstream_requests_in_flight", "requests under way to a datacenter", () =>
      measured.map(({ name, running }) => [name, running]),
    );
    metrics.gaugeEach("upstream_queue_length", "requests that wait for their turn at a datacenter", () =>
      gated.map(({ name, waiting }) => [name, waiting]),
    );
  }

  /** How many wait to be let in. */
  get waiting(): number {
    return this.#admission.waiting;
  }

  /** Whether a find would be let in or may wait, or, if it can be shared, whether there is one to share or an answer that is kept. */
  hasRoom(strategy: StrategyName, resource: string, shared: boolean): boolean {
    const key = keyOf(strategy, resource);
    if (shared && (this.#flights.has(key) || this.#cache?.has(key))) return true;
    return this.#admission.hasRoom(this.#loads[strategy]);
  }

  /**
   * A find for a caller who wants to know how it goes.
   *
   * @throws OverloadedError
   */
  async live(parent: Context, query: FindQuery, told: Told): Promise<Served> {
    using ctx = withTimeout(parent, query.timeout);
    const leader = parent.value(callerKey);
    const flight = new Flight(this.#findersOf(query.strategy), leader);
    try {
      return { report: await this.#admitted(ctx, query, told), shared: false, leader };
    } catch (error) {
      // In the queue.
      if (ctx.err === undefined) throw error;
      return { report: flight.left(query, ctx), shared: false, leader };
    }
  }

  /**
   * A find that callers share who ask for the same while it is under way, or, with a cache, a short time after. Each has a deadline of its own;
   * the find goes on as long as one of them waits for it.
   *
   * @throws OverloadedError
   */
  async shared(parent: Context, query: FindQuery): Promise<Served> {
    const key = keyOf(query.strategy, query.resource);
    const kept = this.#cache?.get(key);
    if (kept !== undefined) return kept;
    using ctx = withTimeout(parent, query.timeout);
    const finders = this.#findersOf(query.strategy);
    const run = (flightCtx: Context) => this.#fly(key, flightCtx, query, finders);
    const answer = this.#single.do(key, run, ctx);
    // The run has begun inside the call, unless the caller had gone before.
    const flight = this.#flights.get(key) ?? new Flight(finders, undefined);
    const { leader } = flight;
    flight.callers++;
    try {
      const { value, shared } = await answer;
      return { report: value, shared, leader };
    } catch (error) {
      flight.callers--;
      if (ctx.err === undefined) throw error;
      if (flight.callers === 0 && this.#flights.get(key) === flight) this.#flights.delete(key);
      const report = flight.left(query, ctx);
      return { report, shared: flight.callers > 0, leader };
    }
  }

  async #fly(key: string, parent: Context, query: FindQuery, finders: readonly Finder[]): Promise<Report> {
    const leader = parent.value(callerKey);
    const flight = new Flight(finders, leader);
    this.#flights.set(key, flight);
    using ctx = withTimeout(parent, longestTimeout);
    try {
      const told: Told = { begin: () => {}, observe: (event) => flight.note(event) };
      const report = await this.#admitted(ctx, query, told);
      this.#cache?.put(key, { report, shared: false, leader });
      return report;
    } finally {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    }
  }

  async #admitted(ctx: Context, { resource, strategy }: FindQuery, { begin, observe }: Told): Promise<Report> {
    const finders = this.#findersOf(strategy);
    const { options } = this.#fleet;
    return this.#admission.run(ctx, this.#loads[strategy], async () => {
      this.#running++;
      try {
        ctx.value(callerKey)?.trace?.letIn();
        begin(finders);
        return await find(ctx, resource, { strategy, finders, options, observe, hedging: this.#hedging });
      } finally {
        this.#running--;
      }
    });
  }

  #findersOf(strategy: StrategyName): readonly Finder[] {
    return this.#fleet.findersOf(strategy).map((finder) => this.#gated.get(finder) as Finder);
  }
}

function keyOf(strategy: StrategyName, resource: string): string {
  return `${strategy} ${resource}`;
}
