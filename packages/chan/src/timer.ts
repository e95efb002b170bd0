import { checkDuration, checkFunction } from "@conc/internal";
import { DueChan } from "./due-chan.ts";
import { never } from "./never.ts";
import type { ReceiveChan } from "./types.ts";

/**
 * A time that comes once, `ms` milliseconds from now: then `c` has a value to receive.
 *
 * After Go 1.23: once `stop` or `reset` has returned, no value of before can be received any more, and both tell whether the value had
 * not been received yet. A timer keeps the process alive only while somebody waits on `c`, and needs no stop to be collected.
 *
 * Go: `time.NewTimer`.
 *
 * @example
 * ```ts
 * import { Chan, recv, select, Timer } from "@conc/chan";
 *
 * const answers = new Chan<string>();
 * const timer = new Timer(10);
 * console.log(await select([recv(answers), recv(timer.c, () => "too late")])); // => too late
 * ```
 */
export class Timer {
  #due = new DueChan();

  /**
   * @param ms milliseconds from now; 0 and less: at once; Infinity: never
   * @throws RangeError if it is not a number
   */
  constructor(ms: number) {
    this.reset(ms);
  }

  /**
   * Calls `fn` in `ms` milliseconds, unless stopped before. Its `c` is never ready. Keeps the process alive until then.
   *
   * Go: `time.AfterFunc`.
   */
  static afterFunc(ms: number, fn: () => void): Timer {
    checkFunction("fn", fn);
    const timer = new Timer(Infinity);
    timer.#due = new DueChan(fn);
    timer.reset(ms);
    return timer;
  }

  /** Delivers the instant at which the timer was due, once. */
  get c(): ReceiveChan<Date> {
    return this.#due.fn === undefined ? this.#due : never;
  }

  /** Stops the timer. True if its value had not been received, or its function not been called; then it never will be. */
  stop(): boolean {
    return this.#due.stop();
  }

  /** Starts the timer anew. What it returns is as for {@link stop}. */
  reset(ms: number): boolean {
    checkDuration("ms", ms);
    const active = this.stop();
    this.#due.start(ms);
    return active;
  }
}
