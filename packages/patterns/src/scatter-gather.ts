/*
 * Invariants:
 * - every target gives exactly one result, whatever happens; then the channel is closed;
 * - at most `concurrency` targets are being asked;
 * - the channel has room for every result, so delivering never waits and a receiver that went away holds nobody up.
 */
import type { ReceiveChan } from "@conc/chan";
import { type CancelContext, type Context, withCancel } from "@conc/context";
import { checkFunction } from "@conc/internal";
import { checkContext, checkLimit, targetsOf } from "./arguments.ts";
import { begin } from "./begin.ts";
import { Outlet } from "./outlet.ts";
import type { Work, Settled } from "./types.ts";

/** How {@link scatterGather} is run. */
export interface ScatterGatherOptions {
  /** How many targets are asked at a time; absent: all at once. */
  readonly concurrency?: number;
}

/**
 * Asks every target and delivers each outcome as it arrives, answer or failure; then the channel is closed. No failure ends the others.
 *
 * Leaving a `for await` over the channel cancels what still runs, and nothing more is started.
 *
 * Cancel: what runs is cancelled through its context; what was not started is delivered as rejected with `ctx.err`.
 * Order: as they settle; they are started in the order of the targets.
 * Throws: TypeError or RangeError for a bad argument, no targets included.
 *
 * Go: one goroutine per target, all sending to one channel.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { background } from "@conc/context";
 * import { scatterGather } from "@conc/patterns";
 *
 * const answers = scatterGather(background(), [20, 1], async (ctx, ms) => {
 *   await sleep(ms, ctx);
 *   return ms * 2;
 * });
 * for await (const answer of answers) {
 *   console.log(answer.target, answer.status === "fulfilled" ? answer.value : answer.reason);
 * }
 * // => 1 2
 * // => 20 40
 * ```
 */
export function scatterGather<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  options: ScatterGatherOptions = {},
): ReceiveChan<Settled<Target, R>> {
  checkContext(ctx);
  const list = targetsOf(targets);
  checkFunction("fn", fn);
  const { concurrency = Number.POSITIVE_INFINITY } = options;
  checkLimit("concurrency", concurrency);
  return new Gathering(withCancel(ctx), list, fn).start(concurrency);
}

class Gathering<Target, R> {
  readonly #ctx: CancelContext;
  readonly #targets: readonly Target[];
  readonly #fn: Work<Target, R>;
  readonly #out: Outlet<Settled<Target, R>>;
  #started = 0;
  #settled = 0;

  constructor(ctx: CancelContext, targets: readonly Target[], fn: Work<Target, R>) {
    this.#ctx = ctx;
    this.#targets = targets;
    this.#fn = fn;
    this.#out = new Outlet(targets.length, () => ctx.cancel());
  }

  start(concurrency: number): ReceiveChan<Settled<Target, R>> {
    const lanes = Math.min(concurrency, this.#targets.length);
    for (let i = 0; i < lanes; i++) this.#next();
    return this.#out;
  }

  // Starts the next target, if one is left. Its end starts the one after, in the async context of the call.
  #next(): void {
    if (this.#started === this.#targets.length) return;
    const index = this.#started++;
    const target = this.#targets[index] as Target;
    this.#ask(target, index).then(
      (value) => this.#deliver({ target, index, status: "fulfilled", value }),
      (reason: unknown) => this.#deliver({ target, index, status: "rejected", reason }),
    );
  }

  #ask(target: Target, index: number): Promise<R> {
    if (this.#ctx.err !== undefined) return Promise.reject(this.#ctx.err);
    return begin(() => this.#fn(this.#ctx, target, index));
  }

  #deliver(result: Settled<Target, R>): void {
    this.#out.trySend(result);
    if (++this.#settled < this.#targets.length) {
      this.#next();
      return;
    }
    this.#out.close();
    this.#ctx.cancel();
  }
}
