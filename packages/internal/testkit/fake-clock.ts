import { type Clock, runtime, type TimerHandle } from "../src/index.ts";
import { flush } from "./flush.ts";

interface FakeTimer extends TimerHandle {
  readonly due: number;
  readonly order: number;
  readonly keepAlive: boolean;
  readonly fn: () => void;
}

/**
 * Time that stands still until a test moves it. Timers fire in the order of their times, those of one time in the order they
 * were set; between two times everything that can run has run.
 *
 * Starts at `now` = 0 and at noon of 1 January 2030, UTC.
 */
export class FakeClock implements Clock {
  readonly #timers = new Set<FakeTimer>();
  readonly #startDate = Date.UTC(2030, 0, 1, 12);
  readonly #real: Clock;
  #now = 0;
  #order = 0;

  constructor(real: Clock) {
    this.#real = real;
  }

  now(): number {
    return this.#now;
  }

  date(): number {
    return this.#startDate + this.#now;
  }

  setTimer(fn: () => void, ms: number, keepAlive: boolean): TimerHandle {
    const timer: FakeTimer = {
      due: this.#now + Math.max(0, ms),
      order: this.#order++,
      keepAlive,
      fn,
      clear: () => this.#timers.delete(timer),
    };
    this.#timers.add(timer);
    return timer;
  }

  /** Real: the event loop goes round in fake time too. */
  macrotask(fn: () => void): void {
    this.#real.macrotask(fn);
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size;
  }

  /** How many timers are set that keep the process alive. */
  get keptAlive(): number {
    return [...this.#timers].filter((timer) => timer.keepAlive).length;
  }

  /** Moves time on by `ms`, firing what falls due on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await flush();
    for (let next = this.#next(); next !== undefined && next.due <= end; next = this.#next()) {
      this.#timers.delete(next);
      this.#now = next.due;
      next.fn();
      await flush();
    }
    this.#now = end;
  }

  #next(): FakeTimer | undefined {
    let next: FakeTimer | undefined;
    for (const timer of this.#timers) {
      if (next === undefined || timer.due < next.due || (timer.due === next.due && timer.order < next.order))
        next = timer;
    }
    return next;
  }
}

/** Puts a fake clock into the runtime record; `restore` takes it out again. */
export function useFakeClock(): FakeClock & { restore(): void } {
  const real = runtime.clock;
  const clock = Object.assign(new FakeClock(real), {
    restore: () => {
      runtime.clock = real;
    },
  });
  runtime.clock = clock;
  return clock;
}
