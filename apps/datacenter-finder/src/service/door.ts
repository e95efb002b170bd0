/*
 * Invariants:
 * - #running counts the requests for finds that were let in and have no whole answer yet;
 * - #timer is set exactly while there are any: an idle service is not woken up.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type StrategyName, strategies } from "../strategies.ts";
import type { AdaptiveLimit } from "./adaptive-limit.ts";
import { defaultStrategy } from "./find-query.ts";
import type { Finds } from "./finds.ts";
import type { Metrics } from "./metrics.ts";
import type { TurnedAway } from "./turned-away.ts";

export interface DoorOptions {
  readonly limit: AdaptiveLimit;
  readonly finds: Pick<Finds, "hasRoom">;
  readonly turnedAway: Pick<TurnedAway, "answer">;
  readonly metrics: Metrics;
}

/** How often the event loop is looked at, in milliseconds. */
const interval = 20;

/** How many a second may be refused by the one who has no room, with a line of the log and a span each. Those who come then need not go so far. */
const refusedInFull = 20;

const find = /^\/v1\/find\/([^/?]+)(\/events)?(?:\?(.*))?$/;
const strategyIn = /(?:^|&)strategy=(\w+)/;

/**
 * What a request for a find comes to first. While the service has more to do than it can, most must be turned away, and turning away must cost next to
 * nothing: so it is done here, before anything is made of the request.
 */
export class Door {
  readonly #limit: AdaptiveLimit;
  readonly #finds: Pick<Finds, "hasRoom">;
  readonly #turnedAway: Pick<TurnedAway, "answer">;
  #running = 0;
  // Since the event loop was last looked at.
  #most = 0;
  #held = false;
  #timer: NodeJS.Timeout | undefined;
  #lookedAt = 0;
  // In the second that began at #second.
  #refused = 0;
  #second = 0;

  constructor({ limit, finds, turnedAway, metrics }: DoorOptions) {
    this.#limit = limit;
    this.#finds = finds;
    this.#turnedAway = turnedAway;
    metrics.gauge("requests_in_flight", "requests for finds that have no answer yet", () => this.#running);
    metrics.gauge(
      "requests_limit",
      "requests for finds that may be in flight, by how late the event loop is",
      () => limit.limit,
    );
  }

  /** Whether a request may go in. If not, it has its answer. */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    const asked = find.exec(request.url ?? "");
    // Anything else is little work, and answers of health and metrics are needed most when there is too much of it.
    if (asked === null) return true;
    const [, resource = "", live, query = ""] = asked;
    const strategy = strategyOf(query);
    if (this.#running >= this.#limit.limit) this.#held = true;
    else if (this.#finds.hasRoom(strategy, resource, live === undefined) || this.#mayRefuseInFull()) {
      this.#enter(response);
      return true;
    }
    this.#turnedAway.answer(request, response, strategy);
    return false;
  }

  #enter(response: ServerResponse): void {
    this.#running++;
    this.#most = Math.max(this.#most, this.#running);
    response.once("close", () => this.#leave());
    if (this.#timer !== undefined) return;
    this.#lookedAt = performance.now();
    this.#timer = setInterval(() => this.#look(), interval).unref();
  }

  #leave(): void {
    this.#running--;
    if (this.#running > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const now = performance.now();
    this.#limit.adapt(now - this.#lookedAt - interval, this.#most, this.#held);
    this.#lookedAt = now;
    this.#most = this.#running;
    this.#held = false;
  }

  #mayRefuseInFull(): boolean {
    const now = performance.now();
    if (now - this.#second >= 1000) {
      this.#second = now;
      this.#refused = 0;
    }
    return this.#refused++ < refusedInFull;
  }
}

// What makes no sense is for those inside to explain.
function strategyOf(query: string): StrategyName {
  const name = strategyIn.exec(query)?.[1];
  return name !== undefined && Object.hasOwn(strategies, name) ? (name as StrategyName) : defaultStrategy;
}
