/*
 * The engine behind `redundant` and `hedged`: attempts race, and the first accepted answer wins.
 *
 *   event               what happens
 *   ----------------    ------------------------------------------------------------------------------------------
 *   the delay is due    the next attempt is sent
 *   an answer           accepted: it wins. Refused by `accept`: it counts as a failure that releases the next attempt
 *   a failure           the next attempt is sent at once; if there is none and nothing runs, the race is lost
 *   cancelled           the race ends with the context's error
 *
 * Invariants:
 * - the race is over exactly once, by whichever event comes first; every later event only ends a loser;
 * - when it is over there is no timer, and every attempt that still runs has been cancelled, in that same step;
 * - #running holds exactly the attempts whose promise has not settled. Each has its reactions attached, so no rejection is
 *   ever unhandled;
 * - while it is not over, #running is not empty.
 */
import type { Context } from "@conc/context";
import { checkFunction, failedWith, park, refusal, runtime, type TimerHandle, Waiter } from "@conc/internal";
import { checkContext, targetsOf } from "./arguments.ts";
import { Attempt } from "./attempt.ts";
import { SupersededError } from "./superseded-error.ts";
import type { Ask, Winner } from "./types.ts";

/** How a race is run. */
export interface RacePlan<Target, R> {
  /** Milliseconds from an attempt to the next one. */
  readonly delay: number;
  /** Whether an answer wins; absent: every answer does. */
  readonly accept: ((value: R, target: Target, index: number) => boolean) | undefined;
}

/** Runs a race; what it rejects with without having begun is a bad argument or a context that is done. */
export function race<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Ask<Target, R>,
  plan: () => RacePlan<Target, R>,
): Promise<Winner<Target, R> | undefined> {
  try {
    checkContext(ctx);
    const refused = refusal(ctx);
    if (refused !== undefined) return refused;
    checkFunction("fn", fn);
    return new Race(ctx, targetsOf(targets), fn, plan()).run();
  } catch (error) {
    return failedWith(error);
  }
}

class Race<Target, R> extends Waiter {
  readonly #ctx: Context;
  readonly #targets: readonly Target[];
  readonly #fn: Ask<Target, R>;
  readonly #plan: RacePlan<Target, R>;
  readonly #running = new Set<Attempt<Target>>();
  readonly #failures: { readonly index: number; readonly reason: unknown }[] = [];
  #sent = 0;
  #over = false;
  #timer: TimerHandle | undefined;
  // For who asked for `losers` while some still ran.
  #losersWaiter: Waiter | undefined;

  constructor(ctx: Context, targets: readonly Target[], fn: Ask<Target, R>, plan: RacePlan<Target, R>) {
    super();
    this.#ctx = ctx;
    this.#targets = targets;
    this.#fn = fn;
    this.#plan = plan;
  }

  run(): Promise<Winner<Target, R> | undefined> {
    const promise = park<Winner<Target, R> | undefined>(this, this.#ctx);
    this.#send();
    return promise;
  }

  /** The caller's context is done, and with it those of all attempts. */
  override onCancel(reason: unknown): void {
    this.#stop();
    super.onCancel(reason);
  }

  // Sends the next attempt, and those that are due with it; then waits for the one after.
  #send(): void {
    this.#timer?.clear();
    this.#timer = undefined;
    do this.#sendOne();
    while (!this.#over && this.#sent < this.#targets.length && this.#plan.delay <= 0);
    if (this.#over || this.#sent === this.#targets.length || this.#plan.delay === Number.POSITIVE_INFINITY) return;
    this.#timer = runtime.clock.setTimer(() => this.#send(), this.#plan.delay, true);
  }

  #sendOne(): void {
    const index = this.#sent++;
    const target = this.#targets[index] as Target;
    const attempt = new Attempt(this.#ctx, target, index, this.#sent, runtime.clock.now());
    this.#running.add(attempt);
    startOf(this.#fn, attempt).then(
      (value) => this.#answered(attempt, value),
      (reason: unknown) => this.#failed(attempt, reason),
    );
  }

  #answered(attempt: Attempt<Target>, value: R): void {
    let accepted = false;
    try {
      accepted = !this.#over && this.#accepts(attempt, value);
    } catch (reason) {
      this.#failed(attempt, reason);
      return;
    }
    if (accepted) this.#win(attempt, value);
    else this.#dropped(attempt);
  }

  // Code of the user's: it may throw, and it may even cancel the race.
  #accepts({ target, index }: Attempt<Target>, value: R): boolean {
    const { accept } = this.#plan;
    return accept === undefined || (accept(value, target, index) && !this.#over);
  }

  #failed(attempt: Attempt<Target>, reason: unknown): void {
    if (!this.#over) this.#failures.push({ index: attempt.index, reason });
    this.#dropped(attempt);
  }

  // An attempt has ended and is not the winner: the next one takes over, unless the race is over.
  #dropped(attempt: Attempt<Target>): void {
    this.#running.delete(attempt);
    // Runs the abort listeners of whatever the attempt has left behind; one of them may cancel the race.
    attempt.ctx.cancel();
    if (this.#over) {
      if (this.#running.size === 0) this.#losersWaiter?.settle(undefined);
    } else if (this.#sent < this.#targets.length) {
      this.#send();
    } else if (this.#running.size === 0) {
      this.#lose();
    }
  }

  #win(attempt: Attempt<Target>, value: R): void {
    this.#running.delete(attempt);
    attempt.release();
    this.#stop();
    this.settle(this.#winner(attempt, value));
    if (this.#running.size === 0) return;
    const cause = new SupersededError();
    for (const loser of this.#running) loser.ctx.cancel(cause);
  }

  #lose(): void {
    this.#stop();
    if (this.#failures.length === 0) {
      this.settle(undefined);
      return;
    }
    const reasons = this.#failures.sort((a, b) => a.index - b.index).map(({ reason }) => reason);
    this.fail(new AggregateError(reasons, `all attempts failed: ${reasons.length} of ${this.#sent} with an error`));
  }

  // Nothing more is sent.
  #stop(): void {
    this.#over = true;
    this.#timer?.clear();
    this.#timer = undefined;
  }

  #winner({ target, index }: Attempt<Target>, value: R): Winner<Target, R> {
    let losers: Promise<void> | undefined;
    const allEnded = () => {
      if (this.#running.size === 0) return Promise.resolve();
      this.#losersWaiter = new Waiter();
      return park<void>(this.#losersWaiter);
    };
    return {
      target,
      index,
      value,
      attempts: this.#sent,
      get losers() {
        losers ??= allEnded();
        return losers;
      },
    };
  }
}

/** Calls `fn`; what it throws is a rejection like any other. */
function startOf<Target, R>(fn: Ask<Target, R>, { ctx, target, index }: Attempt<Target>): Promise<R> {
  try {
    return Promise.resolve(fn(ctx, target, index));
  } catch (error) {
    return Promise.reject(error);
  }
}
