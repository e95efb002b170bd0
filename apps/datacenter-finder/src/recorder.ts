/*
 * Invariants:
 * - a datacenter's events are one `started` and then at most one ending; after `end` each that started has exactly one;
 * - times never go back.
 */
import type { Context } from "@conc/context";
import type { Ending, FindEvent } from "./find-event.ts";
import type { Finder } from "./finder.ts";
import { reasonOf } from "./reason-of.ts";
import type { Outcome } from "./report.ts";

interface Run {
  readonly ctx: Context;
  readonly startedAt: number;
  ending?: Ending & { readonly at: number };
}

/** Watches finders while a strategy uses them, and tells what happened. */
export class Recorder {
  /** The finders to hand to the strategy. */
  readonly finders: readonly Finder[];
  readonly #observe: ((event: FindEvent) => void) | undefined;
  readonly #now: () => number;
  readonly #begin: number;
  readonly #runs = new Map<Finder, Run>();

  constructor(finders: readonly Finder[], observe?: (event: FindEvent) => void, now = () => performance.now()) {
    this.finders = finders.map((finder) => this.#watched(finder));
    this.#observe = observe;
    this.#now = now;
    this.#begin = now();
  }

  /** How long it has been, in milliseconds. */
  get elapsed(): number {
    return round(this.#now() - this.#begin);
  }

  /** What became of each datacenter. */
  get outcomes(): Outcome[] {
    return this.finders.map((finder) => outcomeOf(finder, this.#runs.get(finder)));
  }

  /** The find is over and its context cancelled: what still runs is cancelled with it, however long it takes to notice. */
  end(): void {
    for (const [finder, { ctx }] of this.#runs) this.#end(finder, { type: "cancelled", reason: ctx.cause });
  }

  /** Whether `error` is what finders have failed with, and not a mistake of ours. */
  explains(error: unknown): boolean {
    const endings = [...this.#runs.values()].map(({ ending }) => ending);
    const isFailure = (one: unknown) => endings.some((ending) => ending?.type === "failed" && ending.reason === one);
    return error instanceof AggregateError ? error.errors.every(isFailure) : isFailure(error);
  }

  #watched(finder: Finder): Finder {
    const watched: Finder = {
      name: finder.name,
      weight: finder.weight,
      find: async (ctx, resource) => {
        this.#start(watched, ctx);
        try {
          const found = await finder.find(ctx, resource);
          this.#end(watched, { type: "answered", found });
          return found;
        } catch (reason) {
          this.#end(
            watched,
            ctx.err === undefined ? { type: "failed", reason } : { type: "cancelled", reason: ctx.cause },
          );
          throw reason;
        }
      },
    };
    return watched;
  }

  #start(finder: Finder, ctx: Context): void {
    const startedAt = this.elapsed;
    this.#runs.set(finder, { ctx, startedAt });
    this.#observe?.({ type: "started", datacenter: finder.name, at: startedAt });
  }

  #end(finder: Finder, ending: Ending): void {
    const run = this.#runs.get(finder);
    if (run === undefined || run.ending !== undefined) return;
    run.ending = { ...ending, at: this.elapsed };
    this.#observe?.({ ...run.ending, datacenter: finder.name });
  }
}

function outcomeOf({ name }: Finder, run: Run | undefined): Outcome {
  if (run?.ending === undefined) return { datacenter: name, outcome: "not started" };
  const { startedAt, ending } = run;
  return {
    datacenter: name,
    outcome: ending.type,
    ...(ending.type === "answered" ? { found: ending.found } : { reason: reasonOf(ending.reason) }),
    startedAt,
    endedAt: ending.at,
  };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
