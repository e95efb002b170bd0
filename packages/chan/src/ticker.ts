import { describe, dispose } from "@conc/internal";
import { DueChan } from "./due-chan.ts";
import type { ReceiveChan } from "./types.ts";

/**
 * A time that comes again and again, every `ms` milliseconds: then `c` has a value to receive. A receiver that is too slow misses
 * ticks; they never pile up, and the rhythm stays.
 *
 * After Go 1.23: once `stop` or `reset` has returned, no tick of before can be received. `stop` does not close `c`. A ticker keeps
 * the process alive only while somebody waits on `c`, and needs no stop to be collected.
 *
 * Go: `time.NewTicker`.
 *
 * @example
 * ```ts
 * import { Ticker } from "@conc/chan";
 *
 * const ticker = new Ticker(1);
 * for (let i = 1; i <= 3; i++) {
 *   await ticker.c.recv();
 *   console.log(`tick ${i}`);
 * }
 * ticker.stop();
 * // => tick 1
 * // => tick 2
 * // => tick 3
 * ```
 */
export class Ticker implements Disposable {
  readonly #c = new DueChan();

  /**
   * @param ms milliseconds from one tick to the next, greater than 0
   * @throws RangeError if it is not
   */
  constructor(ms: number) {
    this.reset(ms);
  }

  /** Delivers the instant of each tick. */
  get c(): ReceiveChan<Date> {
    return this.#c;
  }

  /** Ends the ticking. */
  stop(): void {
    this.#c.stop();
  }

  /** Starts anew with another period; the next tick comes `ms` milliseconds from now. */
  reset(ms: number): void {
    if (!Number.isFinite(ms) || ms <= 0) {
      throw new RangeError(`ms: expected a number of milliseconds greater than 0, got ${describe(ms)}`);
    }
    this.#c.start(ms, ms);
  }

  [dispose](): void {
    this.stop();
  }
}
