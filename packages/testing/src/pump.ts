import { systemClock } from "@conc/internal";

// The event loop goes round once for so many calls: going round is what costs.
const callsPerRound = 16;

/**
 * Calls `slot` again and again, with an empty microtask queue before each call: whatever the last call set going has come to a stop.
 * Exact, and faster than counting microtasks.
 *
 * Timers and I/O of the platform have their turn after the last call of a round; so what happens after that may come from outside.
 *
 * Invariant: until it is stopped there is either a round under way or a pause.
 */
export class Pump {
  /** May be replaced at any time. */
  slot: (last: boolean) => void = () => {};
  /** How many macrotasks and timers it has asked the platform for. */
  asked = 0;
  #left = 0;
  #paused = false;
  #stopped = false;

  constructor() {
    this.#round();
  }

  /** Lets the event loop wait for something to come, for about a millisecond. */
  pause(): void {
    this.#paused = true;
  }

  /** No further call. */
  stop(): void {
    this.#stopped = true;
  }

  #goOn(): void {
    if (!this.#paused) {
      this.#round();
      return;
    }
    this.asked++;
    systemClock.setTimer(() => this.#round(), 1, true);
  }

  #round(): void {
    this.#left = callsPerRound;
    this.#paused = false;
    this.asked += callsPerRound;
    for (let i = 0; i < callsPerRound; i++) systemClock.macrotask(this.#next);
  }

  readonly #next = (): void => {
    if (this.#stopped) return;
    const last = --this.#left === 0;
    if (last) this.#goOn();
    if (last || !this.#paused) this.slot(last);
  };
}
