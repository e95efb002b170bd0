import type { HedgeEvent } from "@conc/patterns";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { StrategyName } from "../strategies.ts";

/** How a request for a find can end: as its report, or it was refused, or it met a mistake of ours. */
export type RequestOutcome = "found" | "not_found" | "failed" | "deadline_exceeded" | "cancelled" | "refused" | "error";

/** How a request to a datacenter can end. */
export type UpstreamOutcome = "found" | "not_found" | "failed" | "cancelled";

// From what a cache or a refusal takes to the longest that a find may.
const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the service counts and measures, in a registry of its own. */
export class Metrics {
  readonly registry = new Registry();

  readonly #requests = this.#counter("requests", "finds that were asked for, by how they ended", [
    "strategy",
    "outcome",
  ]);
  readonly #requestSeconds = this.#histogram("request", "how long a find took for whoever asked, its wait included", [
    "strategy",
    "outcome",
  ]);
  readonly #responses = this.#counter("responses", "answers of any kind, by their status", ["status"]);
  readonly #upstream = this.#counter("upstream_requests", "requests to a datacenter, by how they ended", [
    "datacenter",
    "outcome",
  ]);
  readonly #upstreamSeconds = this.#histogram("upstream_request", "how long a datacenter took", [
    "datacenter",
    "outcome",
  ]);
  readonly #shared = this.#counter("shared_requests", "finds that were asked for while another caller's was under way");
  readonly #cached = this.#counter("cached_requests", "finds that were answered from the cache");
  readonly #dropped = this.#counter("event_streams_dropped", "streams of events whose reader did not read");
  readonly #hedgesSent = this.#counter("hedges_sent", "further attempts of hedged finds, by what released them", [
    "after",
  ]);
  readonly #hedgesWon = this.#counter("hedges_won", "further attempts whose answer was the find's");
  readonly #hedgesSuppressed = this.#counter("hedges_suppressed", "further attempts that were due and not sent", [
    "by",
  ]);

  constructor() {
    // Those that are known beforehand are there from the start: a rate needs a zero to begin with.
    for (const after of ["delay", "failure"]) this.#hedgesSent.inc({ after }, 0);
    for (const by of ["budget", "deadline", "target"]) this.#hedgesSuppressed.inc({ by }, 0);
  }

  /** A request for a find has ended, after so many milliseconds. */
  requestEnded(strategy: StrategyName, outcome: RequestOutcome, ms: number): void {
    const labels = { strategy, outcome };
    this.#requests.inc(labels);
    this.#requestSeconds.observe(labels, ms / 1000);
  }

  /** The whole of an answer has been written. */
  responded(status: number): void {
    this.#responses.inc({ status });
  }

  /** A request for a find was turned away before anything was made of it: there is no time to tell of. */
  requestTurnedAway(strategy: StrategyName): void {
    this.#requests.inc({ strategy, outcome: "refused" });
  }

  /** A caller has shared another's find. */
  requestShared(): void {
    this.#shared.inc();
  }

  /** A caller was answered from the cache. */
  requestCached(): void {
    this.#cached.inc();
  }

  /** The reader of a stream was dropped. */
  streamDropped(): void {
    this.#dropped.inc();
  }

  /** A request to a datacenter has ended, after so many milliseconds. */
  upstreamEnded(datacenter: string, outcome: UpstreamOutcome, ms: number): void {
    const labels = { datacenter, outcome };
    this.#upstream.inc(labels);
    this.#upstreamSeconds.observe(labels, ms / 1000);
  }

  /** Something has happened in a hedged find. */
  hedge(event: HedgeEvent<unknown>): void {
    if (event.type === "hedged") this.#hedgesSent.inc({ after: event.after });
    else if (event.type === "won" && event.hedge) this.#hedgesWon.inc();
    else if (event.type === "suppressed") this.#hedgesSuppressed.inc({ by: event.by });
  }

  /** Something that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    const registers = [this.registry];
    new Gauge({
      name: `finder_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }

  /** As {@link gauge}, of each datacenter. */
  gaugeEach(name: string, help: string, read: () => Iterable<readonly [datacenter: string, value: number]>): void {
    const registers = [this.registry];
    new Gauge({
      name: `finder_${name}`,
      help,
      registers,
      labelNames: ["datacenter"],
      collect() {
        for (const [datacenter, value] of read()) this.set({ datacenter }, value);
      },
    });
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name: `finder_${name}_total`, help, labelNames, registers: [this.registry] });
  }

  #histogram<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Histogram<Label> {
    return new Histogram({
      name: `finder_${name}_duration_seconds`,
      help,
      labelNames,
      buckets,
      registers: [this.registry],
    });
  }
}
