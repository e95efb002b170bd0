/*
 * Invariants:
 * - what is known is the last half to whole `window`: #newer fills for half a window and then becomes #older;
 * - one sample per call, that of its first attempt. Later attempts are asked only when the first is slow, and the answers that win
 *   are the fast ones of those: to count them would draw the estimate down, which sends more hedges, which draws it down;
 * - a first attempt that was cut short is no answer, but a lower bound of one. Above the estimate that is all that its rank needs, so it
 *   counts; below, it would be a guess, so it does not. Left out altogether, the slow ones would be missing from the estimate.
 */
import { checkDuration, describe, runtime } from "@conc/internal";
import { QuantileSketch } from "./quantile-sketch.ts";

/** How a {@link percentile} is made. */
export interface PercentileOptions {
  /** The delay while too little is known, in milliseconds; absent: no hedges until enough is known. */
  readonly initial?: number;
  /** The delay is never less than this, in milliseconds; absent: 1. */
  readonly min?: number;
  /** How far back the estimate looks, in milliseconds; absent: 30,000. */
  readonly window?: number;
}

/**
 * A delay that follows what calls took lately. Made by {@link percentile}; keep one for each kind of request, and use it in all calls of
 * that kind.
 */
export interface Percentile {
  /** The delay now, in milliseconds; Infinity while too little is known and no `initial` was given. */
  readonly delay: number;
  /** What half of the calls take at most, in milliseconds; `undefined` while too little is known. */
  readonly median: number | undefined;
  /** Counts an answer that took `ms` milliseconds. Hedged calls do so by themselves. */
  record(ms: number): void;
  /** Counts an answer that was cut short after `ms` milliseconds. Hedged calls do so by themselves. */
  recordAtLeast(ms: number): void;
}

/**
 * A delay for `hedged` that adapts: the `p`-quantile of what first attempts took in the last `window`. With 0.95, about one call in twenty
 * is hedged, whether the servers are fast or slow that day.
 *
 * It costs 8 kB, at any load, and is off by at most 1 %. Too little is known while fewer calls were counted than it takes to
 * tell the quantile from the slowest: 20 for 0.95, 100 for 0.99.
 *
 * @param p a fraction, greater than 0 and less than 1
 * @throws RangeError if `p`, `initial`, `min` or `window` is out of range
 *
 * @example
 * ```ts
 * import { background } from "@conc/context";
 * import { hedged, percentile } from "@conc/patterns";
 *
 * const usual = percentile(0.95, { initial: 50 });
 * const winner = await hedged(background(), ["a", "b"], async (_ctx, server) => `hello from ${server}`, { delay: usual });
 * console.log(winner.value); // => hello from a
 * ```
 */
export function percentile(p: number, options: PercentileOptions = {}): Percentile {
  return new WindowedPercentile(p, options);
}

class WindowedPercentile implements Percentile {
  readonly #p: number;
  readonly #initial: number;
  readonly #min: number;
  readonly #halfWindow: number;
  readonly #needed: number;
  #newer = new QuantileSketch();
  #older = new QuantileSketch();
  // When #newer becomes #older, on the clock's monotonic time.
  #turnsAt: number;
  #estimate: { readonly delay: number; readonly median: number | undefined };
  // How many more samples come before the estimate is made anew: it costs a walk over all bins.
  #untilEstimate = 0;

  constructor(p: number, { initial = Number.POSITIVE_INFINITY, min = 1, window = 30_000 }: PercentileOptions) {
    if (!(p > 0 && p < 1)) throw new RangeError(`p: expected a fraction between 0 and 1, got ${describe(p)}`);
    checkNotNegative("initial", initial);
    checkNotNegative("min", min);
    checkNotNegative("window", window);
    if (window === 0) throw new RangeError("window: expected more than 0 milliseconds, got 0");
    this.#p = p;
    this.#initial = initial;
    this.#min = min;
    this.#halfWindow = window / 2;
    this.#needed = Math.round(1 / (1 - p));
    this.#turnsAt = runtime.clock.now() + this.#halfWindow;
    this.#estimate = this.#cold();
  }

  get delay(): number {
    return this.#now().delay;
  }

  get median(): number | undefined {
    return this.#now().median;
  }

  record(ms: number): void {
    this.#turn();
    this.#newer.add(ms);
    this.#untilEstimate--;
  }

  recordAtLeast(ms: number): void {
    const { median, delay } = this.#now();
    if (median === undefined || ms >= delay) this.record(ms);
  }

  #now(): { readonly delay: number; readonly median: number | undefined } {
    this.#turn();
    if (this.#untilEstimate > 0) return this.#estimate;
    const count = this.#newer.count + this.#older.count;
    if (count < this.#needed) {
      this.#untilEstimate = this.#needed - count;
      this.#estimate = this.#cold();
    } else {
      this.#untilEstimate = Math.ceil(count / 32);
      const delay = Math.max(this.#min, this.#newer.quantileWith(this.#older, this.#p));
      this.#estimate = { delay, median: this.#newer.quantileWith(this.#older, 0.5) };
    }
    return this.#estimate;
  }

  #cold(): { readonly delay: number; readonly median: undefined } {
    return { delay: Math.max(this.#min, this.#initial), median: undefined };
  }

  #turn(): void {
    const now = runtime.clock.now();
    if (now < this.#turnsAt) return;
    // After a pause of a whole window nothing of before is left.
    if (now >= this.#turnsAt + this.#halfWindow) this.#newer.clear();
    [this.#older, this.#newer] = [this.#newer, this.#older];
    this.#newer.clear();
    this.#turnsAt = now + this.#halfWindow;
    this.#untilEstimate = 0;
  }
}

function checkNotNegative(name: string, ms: number): void {
  checkDuration(name, ms);
  if (ms < 0) throw new RangeError(`${name}: expected 0 or more milliseconds, got ${ms}`);
}
