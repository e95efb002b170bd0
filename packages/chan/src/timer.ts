import { checkDuration, checkFunction, runtime, type TimerHandle } from "@conc/internal";
import { DueChan } from "./due-chan.ts";
import { never } from "./never.ts";
import type { ReceiveChan } from "./types.ts";

/** What a timer does when its time comes. */
interface Alarm {
  readonly c: ReceiveChan<Date>;
  start(ms: number): void;
  /** Takes back what has not happened yet; true if there was something. */
  stop(): boolean;
}

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
  #alarm: Alarm;

  /**
   * @param ms milliseconds from now; 0 and less: at once; Infinity: never
   * @throws RangeError if it is not a number
   */
  constructor(ms: number) {
    checkDuration("ms", ms);
    this.#alarm = new DueAlarm();
    this.#alarm.start(ms);
  }

  /**
   * Calls `fn` in `ms` milliseconds, unless stopped before. Its `c` is never ready. Keeps the process alive until then.
   *
   * Go: `time.AfterFunc`.
   */
  static afterFunc(ms: number, fn: () => void): Timer {
    checkDuration("ms", ms);
    checkFunction("fn", fn);
    const timer = new Timer(Number.POSITIVE_INFINITY);
    timer.#alarm = new FunctionAlarm(fn);
    timer.#alarm.start(ms);
    return timer;
  }

  /** Delivers the instant at which the timer was due, once. */
  get c(): ReceiveChan<Date> {
    return this.#alarm.c;
  }

  /** Stops the timer. True if its value had not been received, or its function not been called; then it never will be. */
  stop(): boolean {
    return this.#alarm.stop();
  }

  /** Starts the timer anew. What it returns is as for {@link stop}. */
  reset(ms: number): boolean {
    checkDuration("ms", ms);
    const active = this.#alarm.stop();
    this.#alarm.start(ms);
    return active;
  }
}

class DueAlarm implements Alarm {
  readonly c: DueChan = new DueChan();

  start(ms: number): void {
    this.c.start(ms);
  }

  stop(): boolean {
    return this.c.stop();
  }
}

class FunctionAlarm implements Alarm {
  readonly c = never;
  readonly #fn: () => void;
  // Set exactly while the function is to be called.
  #timer: TimerHandle | undefined;

  constructor(fn: () => void) {
    this.#fn = fn;
  }

  start(ms: number): void {
    this.#timer = runtime.clock.setTimer(
      () => {
        this.#timer = undefined;
        this.#fn();
      },
      ms,
      true,
    );
  }

  stop(): boolean {
    const active = this.#timer !== undefined;
    this.#timer?.clear();
    this.#timer = undefined;
    return active;
  }
}
