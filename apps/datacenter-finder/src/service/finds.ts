/*
 * Invariants:
 * - #flights has the finds that callers of `shared` wait for, by what they ask; one that has ended or has no callers is not in it;
 * - every find runs inside the admission, its time in the queue included in its caller's deadline.
 */
import { type Context, withTimeout } from "@conc/context";
import { SingleFlight } from "@conc/patterns";
import { find } from "../find.ts";
import type { FindEvent } from "../find-event.ts";
import type { Finder } from "../finder.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { Report } from "../report.ts";
import type { StrategyName } from "../strategies.ts";
import { Admission } from "./admission.ts";
import { type FindQuery, longestTimeout } from "./find-query.ts";
import { Flight } from "./flight.ts";
import { GatedFinder } from "./gated-finder.ts";
import type { Limits } from "./limits.ts";
import { loadOf } from "./load-of.ts";

export interface Told {
  /** The find is let in, and these may be asked. */
  readonly begin: (finders: readonly Finder[]) => void;
  /** Something has happened. */
  readonly observe: (event: FindEvent) => void;
}

/** All finds of the service. */
export class Finds {
  readonly #fleet: Fleet;
  readonly #gated: ReadonlyMap<Finder, Finder>;
  readonly #admission: Admission;
  readonly #single = new SingleFlight<string, Report>();
  readonly #flights = new Map<string, Flight>();

  constructor(fleet: Fleet, limits: Limits) {
    this.#fleet = fleet;
    this.#gated = new Map(fleet.datacenters.map((one) => [one, new GatedFinder(one, limits.perDatacenter)]));
    this.#admission = new Admission(limits);
  }

  /** How many wait to be let in. */
  get waiting(): number {
    return this.#admission.waiting;
  }

  /**
   * A find for a caller who wants to know how it goes.
   *
   * @throws OverloadedError
   */
  async live(parent: Context, query: FindQuery, told: Told): Promise<Report> {
    using ctx = withTimeout(parent, query.timeout);
    const flight = new Flight(this.#findersOf(query.strategy));
    try {
      return await this.#admitted(ctx, query, told);
    } catch (error) {
      // In the queue.
      if (ctx.err === undefined) throw error;
      return flight.left(query, ctx);
    }
  }

  /**
   * A find that callers share who ask for the same while it is under way. Each has a deadline of its own; the find goes on as long as one of
   * them waits for it.
   *
   * @throws OverloadedError
   */
  async shared(parent: Context, query: FindQuery): Promise<{ report: Report; shared: boolean }> {
    using ctx = withTimeout(parent, query.timeout);
    const key = `${query.strategy} ${query.resource}`;
    const finders = this.#findersOf(query.strategy);
    const run = (flightCtx: Context) => this.#fly(key, flightCtx, query, finders);
    const answer = this.#single.do(key, run, ctx);
    // The run has begun inside the call, unless the caller had gone before.
    const flight = this.#flights.get(key) ?? new Flight(finders);
    flight.callers++;
    try {
      const { value, shared } = await answer;
      return { report: value, shared };
    } catch (error) {
      flight.callers--;
      if (ctx.err === undefined) throw error;
      if (flight.callers === 0 && this.#flights.get(key) === flight) this.#flights.delete(key);
      const report = flight.left(query, ctx);
      return { report, shared: flight.callers > 0 };
    }
  }

  async #fly(key: string, parent: Context, query: FindQuery, finders: readonly Finder[]): Promise<Report> {
    const flight = new Flight(finders);
    this.#flights.set(key, flight);
    using ctx = withTimeout(parent, longestTimeout);
    try {
      return await this.#admitted(ctx, query, { begin: () => {}, observe: (event) => flight.note(event) });
    } finally {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    }
  }

  async #admitted(ctx: Context, { resource, strategy }: FindQuery, { begin, observe }: Told): Promise<Report> {
    const finders = this.#findersOf(strategy);
    const { options } = this.#fleet;
    return this.#admission.run(ctx, loadOf(strategy, finders, options), () => {
      begin(finders);
      return find(ctx, resource, { strategy, finders, options, observe });
    });
  }

  #findersOf(strategy: StrategyName): readonly Finder[] {
    return this.#fleet.findersOf(strategy).map((finder) => this.#gated.get(finder) as Finder);
  }
}
