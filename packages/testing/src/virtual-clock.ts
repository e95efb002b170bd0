import { type Clock, systemClock, type TimerHandle } from "@conc/internal";
import type { Task } from "./task.ts";

/** A timer that is set. */
export interface VirtualTimer extends TimerHandle {
  /** On the clock's monotonic time. */
  readonly due: number;
  readonly keepAlive: boolean;
  /** A task of its own, below the one that set it. */
  readonly task: Task;
  readonly fn: () => void;
}

/** What the clock tells the run it belongs to. */
export interface ClockOwner {
  /** Who acts now. */
  actor(): Task;
  timerSet(timer: VirtualTimer): void;
  timerCleared(timer: VirtualTimer): void;
  /** Somebody lets all others have their turn. */
  yielded(fn: () => void): void;
}

/**
 * Time that stands still while anything can happen, and then goes straight to the next timer.
 *
 * Invariant: `timers` are those set and neither fired nor cleared, by the times they are due, those of one time in the order they
 * were set.
 */
export class VirtualClock implements Clock {
  readonly timers: VirtualTimer[] = [];
  readonly #owner: ClockOwner;
  // The real date, so that a deadline made from `new Date()` lies where it was meant to.
  readonly #startedAt: number = systemClock.date();
  #now = 0;

  constructor(owner: ClockOwner) {
    this.#owner = owner;
  }

  now(): number {
    return this.#now;
  }

  date(): number {
    return this.#startedAt + this.#now;
  }

  setTimer(fn: () => void, ms: number, keepAlive: boolean): TimerHandle {
    const due = this.#now + Math.max(0, ms);
    const task = this.#owner.actor().spawn("timer");
    const timer: VirtualTimer = { due, keepAlive, task, fn, clear: () => this.#clear(timer) };
    let at = this.timers.length;
    while (at > 0 && (this.timers[at - 1] as VirtualTimer).due > due) at--;
    this.timers.splice(at, 0, timer);
    this.#owner.timerSet(timer);
    return timer;
  }

  macrotask(fn: () => void): void {
    this.#owner.yielded(fn);
  }

  /** Moves time to the timer, never back, and fires it. */
  fire(timer: VirtualTimer): void {
    this.#remove(timer);
    this.#now = Math.max(this.#now, timer.due);
    timer.fn();
  }

  #clear(timer: VirtualTimer): void {
    if (this.#remove(timer)) this.#owner.timerCleared(timer);
  }

  #remove(timer: VirtualTimer): boolean {
    const at = this.timers.indexOf(timer);
    if (at >= 0) this.timers.splice(at, 1);
    return at >= 0;
  }
}
