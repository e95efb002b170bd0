/*
 * Invariants:
 * - #most only falls, to what has been sent: when a server wants no more, or there will be no time left for one;
 * - #notBefore only rises.
 */
import type { Context } from "@conc/context";
import { runtime } from "@conc/internal";
import type { RacePlan } from "./race-plan.ts";

/** What made an attempt due. */
export type Trigger = "delay" | "failure";

/** Whether a race may send a further attempt, and from when on: what its targets, its budget, its deadline and the servers allow. */
export class Allowance<Target, R> {
  readonly #ctx: Context;
  readonly #plan: RacePlan<Target, R>;
  #most: number;
  // The end of the servers' pushback, on the clock's monotonic time.
  #notBefore = 0;

  constructor(ctx: Context, targets: number, plan: RacePlan<Target, R>) {
    this.#ctx = ctx;
    this.#plan = plan;
    this.#most = plan.maxAttempts ?? targets;
  }

  /** Whether, with `sent` attempts, there will be no further one, whatever comes. */
  isSpent(sent: number): boolean {
    return sent >= this.#most;
  }

  /** For how many milliseconds the servers still want to be left alone. */
  get pause(): number {
    return Math.max(0, this.#notBefore - runtime.clock.now());
  }

  /** Whether the attempt after `sent` may be sent now. If so, it has been paid for; if not, the observer has been told. */
  take(sent: number, trigger: Trigger): boolean {
    const by = this.#obstacle(sent, trigger);
    if (by !== undefined) this.#plan.observe?.({ type: "suppressed", by });
    return by === undefined;
  }

  /** A failed server asks for `pushback` milliseconds, negative: for good. False if that rules out any further attempt. */
  obey(pushback: number, sent: number): boolean {
    const isLate = pushback >= this.#timeLeft();
    if (pushback >= 0 && !isLate) {
      this.#notBefore = Math.max(this.#notBefore, runtime.clock.now() + pushback);
      return true;
    }
    if (isLate && !this.isSpent(sent)) this.#plan.observe?.({ type: "suppressed", by: "deadline" });
    this.#most = sent;
    return false;
  }

  #obstacle(sent: number, trigger: Trigger): "target" | "deadline" | "budget" | undefined {
    if (this.isSpent(sent)) return "target";
    const { budget, latency } = this.#plan;
    // After a failure there is nothing to lose by trying; beside an attempt that runs, one that cannot come in time is only load.
    if (trigger === "delay" && this.#timeLeft() < (latency?.median ?? 0)) return "deadline";
    return budget === undefined || budget.tryWithdraw() ? undefined : "budget";
  }

  #timeLeft(): number {
    const { deadline } = this.#ctx;
    return deadline === undefined ? Number.POSITIVE_INFINITY : deadline.getTime() - runtime.clock.date();
  }
}
