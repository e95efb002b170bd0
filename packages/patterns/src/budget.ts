/*
 * Invariants:
 * - 0 <= #tokens <= the greater of burst and 1;
 * - in any stretch of time, attempts granted <= burst + 1 + ratio * requests + minPerSecond * seconds; from the start on, without the 1.
 */
import { describe, runtime } from "@conc/internal";

/** How a {@link Budget} is made. */
export interface BudgetOptions {
  /** How many extra attempts each request pays for: 0.05 allows 5 % of extra load. From 0 to 1. */
  readonly ratio: number;
  /** How many extra attempts may be saved up, and are there at the start; absent: 10. */
  readonly burst?: number;
  /** How many extra attempts a second are allowed besides, for programs with few requests; absent: 0. */
  readonly minPerSecond?: number;
}

/**
 * A bound on extra load, for hedges and retries together: each request pays a fraction in, each extra attempt takes a whole one out.
 *
 * It is paid in by requests and not by successes, and nothing depends on failures. So it holds when everything is slow and yet succeeds, which
 * is when hedges do most harm: a throttle that counts failures would let each request be sent twice.
 *
 * Share one among all calls to the same servers, and with whatever retries there.
 *
 * @example
 * ```ts
 * import { Budget } from "@conc/patterns";
 *
 * const budget = new Budget({ ratio: 0.5, burst: 1 });
 * console.log(budget.tryWithdraw(), budget.tryWithdraw()); // => true false
 * budget.deposit();
 * budget.deposit();
 * console.log(budget.tryWithdraw()); // => true
 * ```
 */
export class Budget {
  readonly #ratio: number;
  readonly #perMs: number;
  readonly #most: number;
  #tokens: number;
  #at: number;

  /** @throws RangeError if `ratio` is not from 0 to 1, or `burst` or `minPerSecond` is negative or no number */
  constructor({ ratio, burst = 10, minPerSecond = 0 }: BudgetOptions) {
    if (!(ratio >= 0 && ratio <= 1))
      throw new RangeError(`ratio: expected a number from 0 to 1, got ${describe(ratio)}`);
    if (!(burst >= 0)) throw new RangeError(`burst: expected a number >= 0, got ${describe(burst)}`);
    if (!(minPerSecond >= 0))
      throw new RangeError(`minPerSecond: expected a number >= 0, got ${describe(minPerSecond)}`);
    this.#ratio = ratio;
    this.#perMs = minPerSecond / 1000;
    this.#most = Math.max(1, burst);
    this.#tokens = burst;
    this.#at = runtime.clock.now();
  }

  /** How many extra attempts could be made now. */
  get balance(): number {
    this.#accrue();
    // What adds up to a whole in fractions, such as 20 times 0.05, is a whole.
    return Math.floor(this.#tokens + 1e-9);
  }

  /** Pays in for one request. `hedged` does so once a call. */
  deposit(): void {
    this.#tokens = Math.min(this.#most, this.#tokens + this.#ratio);
  }

  /** Takes out one extra attempt; false, and nothing taken, if there is none. `hedged` does so for each attempt after the first. */
  tryWithdraw(): boolean {
    if (this.balance < 1) return false;
    this.#tokens = Math.max(0, this.#tokens - 1);
    return true;
  }

  #accrue(): void {
    const now = runtime.clock.now();
    this.#tokens = Math.min(this.#most, this.#tokens + (now - this.#at) * this.#perMs);
    this.#at = now;
  }
}
