/*
 * Invariants:
 * - #tokens <= burst; it is what is left at the time #at, and grows by #perMs;
 * - #line holds, first come first served, those that wait for tokens; none of their tokens are taken yet. The first has too few;
 * - #timer is set exactly while somebody is in line: for the moment at which the first has enough.
 * So who leaves the line gives back what it would have taken, and those behind it move up.
 */
import {
  checkWhole,
  completed,
  describe,
  failedWith,
  park,
  refusal,
  runtime,
  type SignalSource,
  type TimerHandle,
  Waiter,
  WaitList,
} from "@conc/internal";

/** How a {@link RateLimiter} is made. */
export interface RateLimiterOptions {
  /** How many tokens come in a second; Infinity: no limit. */
  readonly perSecond: number;
  /** How many tokens can be saved up, and are there at the start. */
  readonly burst: number;
}

/** A place in a limiter's line, taken ahead of its time. */
export interface Reservation {
  /** How many milliseconds it was, when the reservation was made, until its tokens are there; 0: they are. */
  readonly delay: number;
  /** Gives the tokens back, if their time has not come yet: those behind move up. True if it did. */
  cancel(): boolean;
}

/**
 * A token bucket: `perSecond` tokens come in, up to `burst` are kept, and what costs more than there is waits.
 *
 * Order: strictly first come, first served. A small request never overtakes a large one.
 *
 * Go: `rate.Limiter` of golang.org/x/time.
 *
 * @example
 * ```ts
 * import { RateLimiter } from "@conc/patterns";
 *
 * const limiter = new RateLimiter({ perSecond: 100, burst: 2 });
 * console.log(limiter.allow(), limiter.allow(), limiter.allow()); // => true true false
 * await limiter.wait();
 * console.log("10 ms later"); // => 10 ms later
 * ```
 */
export class RateLimiter {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #line: WaitList = new WaitList(this, "wait");
  #tokens: number;
  #at: number;
  // What those in line need together, and how many of them wait with a promise.
  #wanted = 0;
  #attended = 0;
  #timer: TimerHandle | undefined;

  /** @throws RangeError if `perSecond` is not greater than 0 or `burst` not a whole number >= 1 */
  constructor({ perSecond, burst }: RateLimiterOptions) {
    if (!(perSecond > 0))
      throw new RangeError(`perSecond: expected a number greater than 0, got ${describe(perSecond)}`);
    checkWhole("burst", burst, 1);
    this.#perMs = perSecond / 1000;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = runtime.clock.now();
  }

  /**
   * Takes `n` tokens if they are there and nobody waits for them; false, and nothing taken, if not. Never waits.
   *
   * @throws RangeError if `n` is not a whole number from 1 to the burst
   */
  allow(n = 1): boolean {
    checkWhole("n", n, 1);
    if (n > this.#burst) throw new RangeError(`n: expected at most the burst of ${this.#burst}, got ${n}`);
    this.#serve();
    return this.#line.size === 0 && this.#take(n);
  }

  /**
   * Waits for `n` tokens and takes them.
   *
   * Cancel: rejects with the source's reason; the tokens go to those behind.
   * Throws: (rejects with) RangeError if `n` is not a whole number from 1 to the burst.
   */
  wait(n = 1, cancel?: SignalSource): Promise<void> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      if (this.allow(n)) return completed();
    } catch (error) {
      return failedWith(error);
    }
    const claim = new Claim(n, true, this.#onLeave);
    const promise = park<void>(claim, cancel);
    this.#queue(claim);
    return promise;
  }

  /**
   * Takes a place in line for `n` tokens: who calls it waits `delay` milliseconds by itself before it acts, or cancels.
   *
   * @throws RangeError if `n` is not a whole number from 1 to the burst
   */
  reserve(n = 1): Reservation {
    if (this.allow(n)) return { delay: 0, cancel: () => false };
    const claim = new Claim(n, false, this.#onLeave);
    this.#queue(claim);
    const delay = (this.#wanted - this.#tokens) / this.#perMs;
    return { delay, cancel: () => claim.leave() };
  }

  #queue(claim: Claim): void {
    this.#line.push(claim);
    this.#wanted += claim.n;
    if (claim.attended) this.#attended++;
    // Who comes behind others changes nothing about the timer, but that it may be the first for whom it keeps the process alive.
    if (this.#line.size === 1 || (claim.attended && this.#attended === 1)) this.#arm();
  }

  // A claim has left the line, unserved or to be served.
  #left(claim: Claim): void {
    this.#wanted -= claim.n;
    if (claim.attended) this.#attended--;
  }

  readonly #onLeave = (claim: Claim): void => {
    this.#left(claim);
    this.#serve();
  };

  // Gives tokens to those in line, as far as there are some.
  #serve(): void {
    const now = runtime.clock.now();
    // An unlimited rate times no time at all would not be a number.
    const isUnlimited = this.#perMs === Number.POSITIVE_INFINITY;
    const grown = isUnlimited ? this.#burst : this.#tokens + (now - this.#at) * this.#perMs;
    this.#tokens = Math.min(this.#burst, grown);
    this.#at = now;
    if (this.#line.size === 0) return;
    for (let first = this.#first(); first !== null && this.#take(first.n); first = this.#first()) {
      this.#line.shift();
      this.#left(first);
      first.settle(undefined);
    }
    this.#arm();
  }

  #first(): Claim | null {
    return this.#line.first as Claim | null;
  }

  #take(n: number): boolean {
    // What adds up to a whole token in fractions is a whole token.
    if (this.#tokens < n - 1e-9) return false;
    this.#tokens = Math.max(0, this.#tokens - n);
    return true;
  }

  #arm(): void {
    this.#timer?.clear();
    this.#timer = undefined;
    const first = this.#first();
    if (first === null) return;
    const ms = (first.n - this.#tokens) / this.#perMs;
    this.#timer = runtime.clock.setTimer(() => this.#serve(), ms, this.#attended > 0);
  }
}

/** A place in line: that of a call that waits, or of a reservation, which nobody waits for. */
class Claim extends Waiter {
  readonly n: number;
  readonly attended: boolean;
  readonly #onLeave: (claim: Claim) => void;

  constructor(n: number, attended: boolean, onLeave: (claim: Claim) => void) {
    super();
    this.n = n;
    this.attended = attended;
    this.#onLeave = onLeave;
  }

  /** Gives up the place; false if it was served or given up before. */
  leave(): boolean {
    if (this.list?.remove(this) !== true) return false;
    this.#onLeave(this);
    return true;
  }

  override settle(outcome: unknown): void {
    if (this.attended) super.settle(outcome);
  }

  override onCancel(reason: unknown): void {
    this.fail(reason);
    this.leave();
  }
}
