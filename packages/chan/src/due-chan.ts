/*
 * Invariants:
 * - the platform's timer is set exactly while a time is due and somebody is there for it: one who waits to receive, or a function. So a
 *   channel that nobody waits on holds no timer: it is collected when it is let go, and keeps no process alive;
 * - nothing is ever stored: a value comes into being when it is received, so there is no stale one after stop or reset.
 */
import { runtime, type TimerHandle, touch, type Waiter, WaitList } from "@conc/internal";
import { armReceive } from "./port.ts";
import { Receiver } from "./receiver.ts";
import type { Received } from "./types.ts";

/**
 * The channel of a timer or ticker, after Go 1.23: it looks unbuffered, and behaves as if the time that has come were
 * waiting in it, once, until it is received. The value is the instant at which it was due.
 */
export class DueChan extends Receiver<Date> {
  readonly length = 0;
  readonly capacity = 0;
  // What to call when the time has come; then nobody receives. Go's AfterFunc.
  readonly fn: (() => void) | undefined;
  // On the clock's monotonic time; Infinity: never.
  #due = Infinity;
  // 0: once.
  #period = 0;
  #timer: TimerHandle | undefined;
  // Only the last to leave has something to undo: the timer serves whoever is first when it fires.
  readonly #receivers: WaitList = new WaitList(this, "recv", () => {
    if (this.#receivers.size === 0) this.#schedule();
  });

  constructor(fn?: () => void) {
    super();
    this.fn = fn;
  }

  /** Makes a time due in `ms` milliseconds, and then every `period`, instead of what was due before. */
  start(ms: number, period = 0): void {
    touch(this, "start");
    this.#due = runtime.clock.now() + Math.max(0, ms);
    this.#period = period;
    this.#schedule();
  }

  /** Makes nothing due. True if something was. */
  stop(): boolean {
    const wasDue = this.#due < Infinity;
    this.start(Infinity);
    return wasDue;
  }

  tryRecv(): Received<Date> | undefined {
    touch(this, "recv");
    if (!this.#isDue()) return undefined;
    // The platform's timer may be late. Who waits has come first all the same.
    if (this.#receivers.size > 0) this.#serve();
    return this.#isDue() ? { value: this.#take(), ok: true } : undefined;
  }

  [armReceive](waiter: Waiter): void {
    touch(this, "recv");
    this.#receivers.push(waiter);
    if (this.#receivers.size === 1) this.#schedule();
  }

  toString(): string {
    if (this.#due === Infinity) return "TimerChan(stopped)";
    const left = Math.max(0, Math.ceil(this.#due - runtime.clock.now()));
    return `TimerChan(due in ${left} ms${this.#period > 0 ? `, every ${this.#period} ms` : ""})`;
  }

  #isDue(): boolean {
    return runtime.clock.now() >= this.#due;
  }

  #schedule(): void {
    this.#timer?.clear();
    this.#timer = undefined;
    if (this.#due === Infinity || (this.fn === undefined && this.#receivers.size === 0)) return;
    this.#timer = runtime.clock.setTimer(() => this.#serve(), this.#due - runtime.clock.now(), true);
  }

  // The platform's timer has fired, which counts as the time having come, whatever a test's clock says.
  #serve(): void {
    const value = this.#take();
    this.#receivers.shift()?.settle({ value, ok: true });
    this.#schedule();
    this.fn?.();
  }

  // Ticks that nobody came for are dropped: the next one is the first of the rhythm that lies ahead.
  #take(): Date {
    const late = Math.max(0, runtime.clock.now() - this.#due);
    this.#due += this.#period > 0 ? this.#period * (1 + Math.floor(late / this.#period)) : Infinity;
    return new Date(runtime.clock.date() - late);
  }
}
