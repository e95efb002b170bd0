import type { Context } from "@conc/context";
import type { Settled } from "@conc/patterns";
import type { Finder } from "../finder.ts";
import type { Answer } from "./strategy.ts";

/** What a strategy that wants to hear everybody has heard. One that fails does not spoil the rest; if all fail, there is no answer. */
export class Gathered {
  readonly #ctx: Context;
  readonly #answers: Answer[] = [];
  readonly #failures: unknown[] = [];

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Waits for what `finder` says, or that it fails, and takes it down. Never rejects. */
  async add(finder: Finder, answer: Promise<boolean>): Promise<void> {
    try {
      this.#answers.push({ datacenter: finder.name, found: await answer });
    } catch (reason) {
      this.#failures.push(reason);
    }
  }

  /** Takes down what has come out. */
  push(settled: Settled<Finder, boolean>): void {
    if (settled.status === "rejected") this.#failures.push(settled.reason);
    else this.#answers.push({ datacenter: settled.target.name, found: settled.value });
  }

  /**
   * All answers, in the order they came.
   *
   * @throws the context's error if that is done, AggregateError if everyone has failed
   */
  get answers(): readonly Answer[] {
    if (this.#ctx.err !== undefined) throw this.#ctx.err;
    if (this.#answers.length === 0 && this.#failures.length > 0) {
      throw new AggregateError(this.#failures, "every datacenter failed");
    }
    return this.#answers;
  }
}
