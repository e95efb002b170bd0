/*
 * Invariants:
 * - attempts that run are at most 1 + the hedges that were paid;
 * - #places is how many of those may still be sent: never negative.
 */
import type { Budget } from "@conc/patterns";

type Payer = Pick<Budget, "deposit" | "tryWithdraw">;

/**
 * Lets one find pay for its hedges, and for nothing else. A hedge runs beside an attempt that is late: that is extra load. What is sent in
 * the place of an attempt that has ended, a failure or a no, is not: any search asks on, and without it a resource would be missed whenever the
 * budget is spent.
 */
export class HedgeBudget implements Payer {
  readonly #budget: Payer;
  #places = 1;

  constructor(budget: Payer) {
    this.#budget = budget;
  }

  deposit(): void {
    this.#budget.deposit();
  }

  tryWithdraw(): boolean {
    if (this.#places > 0) return true;
    if (!this.#budget.tryWithdraw()) return false;
    this.#places++;
    return true;
  }

  /** An attempt: takes a place until it has ended. */
  async attempt<R>(fn: () => Promise<R>): Promise<R> {
    this.#places--;
    try {
      return await fn();
    } finally {
      this.#places++;
    }
  }
}
