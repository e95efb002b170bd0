import type { Context } from "@conc/context";
import type { Caller } from "../caller.ts";
import type { FindEvent } from "../find-event.ts";
import type { Finder } from "../finder.ts";
import { reasonOf } from "../reason-of.ts";
import type { Outcome, Report } from "../report.ts";
import type { FindQuery } from "./find-query.ts";

/** What is known of a find while it is under way, for those who do not wait for its end. */
export class Flight {
  /** How many wait for it. */
  callers = 0;
  /** Who began it. */
  readonly leader: Caller | undefined;
  readonly #finders: readonly Finder[];
  readonly #begin: number = performance.now();
  readonly #events = new Map<string, FindEvent[]>();

  constructor(finders: readonly Finder[], leader: Caller | undefined) {
    this.#finders = finders;
    this.leader = leader;
  }

  note(event: FindEvent): void {
    const events = this.#events.get(event.datacenter);
    if (events === undefined) this.#events.set(event.datacenter, [event]);
    else events.push(event);
  }

  /** What a caller is told whose context is done before the find is. */
  left({ resource, strategy }: FindQuery, ctx: Context): Report {
    const isLate = ctx.err?.name === "TimeoutError";
    const result = isLate ? "deadline exceeded" : "cancelled";
    const elapsed = Math.round((performance.now() - this.#begin) * 10) / 10;
    const reason = reasonOf(isLate ? ctx.err : ctx.cause);
    const datacenters = this.#finders.map(({ name }) => this.#outcomeOf(name, elapsed, reason));
    return { resource, strategy, result, found: false, datacenter: null, elapsed, error: reason, datacenters };
  }

  #outcomeOf(datacenter: string, elapsed: number, reason: string): Outcome {
    const [started, ending] = this.#events.get(datacenter) ?? [];
    if (started === undefined) return { datacenter, outcome: "not started" };
    const startedAt = started.at;
    if (ending === undefined || ending.type === "started") {
      // For the last one who leaves it is cancelled, in this very step; as long as others wait it goes on.
      if (this.callers > 0) return { datacenter, outcome: "running", startedAt };
      return { datacenter, outcome: "cancelled", reason, startedAt, endedAt: elapsed };
    }
    return {
      datacenter,
      outcome: ending.type,
      ...(ending.type === "answered" ? { found: ending.found } : { reason: reasonOf(ending.reason) }),
      startedAt,
      endedAt: ending.at,
    };
  }
}
