/*
 * Invariant: #running is how many requests have been asked for and have not settled.
 */
import type { Context } from "@conc/context";
import type { Finder } from "../finder.ts";
import type { Metrics, UpstreamOutcome } from "./metrics.ts";

/** A finder whose requests are counted and timed. */
export class MeasuredFinder implements Finder {
  readonly name: string;
  readonly weight: number;
  readonly #finder: Finder;
  readonly #metrics: Metrics;
  #running = 0;

  constructor(finder: Finder, metrics: Metrics) {
    this.name = finder.name;
    this.weight = finder.weight;
    this.#finder = finder;
    this.#metrics = metrics;
  }

  /** How many requests are under way. */
  get running(): number {
    return this.#running;
  }

  async find(ctx: Context, resource: string): Promise<boolean> {
    const begin = performance.now();
    this.#running++;
    let outcome: UpstreamOutcome = "failed";
    try {
      const found = await this.#finder.find(ctx, resource);
      outcome = found ? "found" : "not_found";
      return found;
    } catch (error) {
      if (ctx.err !== undefined) outcome = "cancelled";
      throw error;
    } finally {
      this.#running--;
      this.#metrics.upstreamEnded(this.name, outcome, performance.now() - begin);
    }
  }
}
