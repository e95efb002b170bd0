import type { Context } from "@conc/context";

/** What is done with one item, or asked of one target. `ctx` is cancelled as soon as the outcome is not wanted any more. */
export type Work<T, R> = (ctx: Context, item: T, index: number) => R | PromiseLike<R>;

/** How one target's part ended, and which target it was. */
export type Settled<Target, R> =
  | { target: Target; index: number; status: "fulfilled"; value: R }
  | { target: Target; index: number; status: "rejected"; reason: unknown };

/** The answer that won, of whom it came, and what became of the others. */
export interface Winner<Target, R> {
  readonly target: Target;
  /** The target's place among the targets. */
  readonly index: number;
  readonly value: R;
  /** How many attempts had been sent by then, the winner's included. */
  readonly attempts: number;
  /** Resolves when every other attempt has ended; they were cancelled when the winner settled. Never rejects. */
  readonly losers: Promise<void>;
}
