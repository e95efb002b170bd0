/*
 * The engine behind `redundant` and `hedged`: attempts race, and the first accepted answer wins.
 *
 *   event                 what happens
 *   -----------------     -----------------------------------------------------------------------------------------------
 *   the next one is due   it is sent, if budget, deadline and targets allow; then the one after it is due in `delay`
 *   an answer             accepted: it wins. Refused by `accept`: the next one is due at once
 *   a failure             fatal: the race ends with it. Else the next one is due, at once or when the server's pushback is over
 *   cancelled             the race ends with the context's error
 *   nothing left          nothing runs and nothing is to be sent: the race is lost
 *
 * Invariants:
 * - the race is over exactly once, by whichever event comes first; every later event only ends a loser;
 * - when it is over there is no timer, and every attempt that still runs has been cancelled, in that same step;
 * - #running holds exactly the attempts whose promise has not settled. Each has its reactions attached, so no rejection is
 *   ever unhandled;
 * - while it is not over, #running is not empty or #timer is set.
 */
import type { Context } from "@conc/context";
import { checkFunction, failedWith, park, refusal, runtime, type TimerHandle, Waiter } from "@conc/internal";
import { Allowance, type Trigger } from "./allowance.ts";
import { checkContext, targetsOf } from "./arguments.ts";
import { Attempt } from "./attempt.ts";
import type { Happening } from "./hedge-event.ts";
import type { RacePlan } from "./race-plan.ts";
import { SupersededError } from "./superseded-error.ts";
import type { Winner, Work } from "./types.ts";
import { Won } from "./won.ts";

/** Runs a race. Bad arguments, and a context that is done, make it reject before anything was sent. */
export function race<Target, R>(
  ctx: Context,
  targets: Iterable<Target>,
  fn: Work<Target, R>,
  plan: () => RacePlan<Target, R>,
): Promise<Winner<Target, R> | undefined> {
  try {
    checkContext(ctx);
    const refused = refusal(ctx);
    if (refused !== undefined) return refused;
    checkFunction("fn", fn);
    const race = new Race(ctx, targetsOf(targets), fn, plan());
    return race.run();
  } catch (error) {
    return failedWith(error);
  }
}

class Race<Target, R> extends Waiter {
  readonly #ctx: Context;
  readonly #targets: readonly Target[];
  readonly #fn: Work<Target, R>;
  readonly #plan: RacePlan<Target, R>;
  readonly #allowance: Allowance<Target, R>;
  readonly #running = new Set<Attempt<Target>>();
  readonly #failures: { readonly index: number; readonly reason: unknown }[] = [];
  #sent = 0;
  #over = false;
  // Set exactly while something falls due at a later time.
  #timer: TimerHandle | undefined;
  // For who asked for `losers` while some still ran.
  #losersWaiter: Waiter | undefined;

  constructor(ctx: Context, targets: readonly Target[], fn: Work<Target, R>, plan: RacePlan<Target, R>) {
    super();
    this.#ctx = ctx;
    this.#targets = targets;
    this.#fn = fn;
    this.#plan = plan;
    this.#allowance = new Allowance(ctx, targets.length, plan);
  }

  run(): Promise<Winner<Target, R> | undefined> {
    this.#plan.budget?.deposit();
    const promise = park<Winner<Target, R> | undefined>(this, this.#ctx);
    this.#send({ type: "sent" });
    this.#guarded(() => this.#schedule());
    return promise;
  }

  /** The caller's context is done, and with it those of all attempts. */
  override onCancel(reason: unknown): void {
    this.#stop();
    super.onCancel(reason);
  }

  // Decides when the next attempt is due, counted from now, and sends those that are due now.
  #schedule(): void {
    while (!this.#over) {
      const isSpent = this.#allowance.isSpent(this.#sent);
      if (isSpent && !this.#tellsOfWant()) return;
      const ms = this.#plan.delay(this.#sent);
      if (ms > 0) {
        if (ms < Number.POSITIVE_INFINITY) this.#dueIn(ms, "delay");
        return;
      }
      if (isSpent || !this.#tryNext("delay")) return;
    }
  }

  // When every target has been asked, nothing more will be sent; but a hedge that would be due is worth telling.
  #tellsOfWant(): boolean {
    return this.#plan.observe !== undefined && this.#plan.maxAttempts === undefined;
  }

  #dueIn(ms: number, trigger: Trigger): void {
    this.#timer?.clear();
    this.#timer = runtime.clock.setTimer(
      () => {
        this.#timer = undefined;
        this.#guarded(() => this.#due(trigger));
      },
      ms,
      true,
    );
  }

  #due(trigger: Trigger): void {
    if (this.#tryNext(trigger)) {
      this.#stopTimer();
      this.#schedule();
    } else if (this.#running.size === 0) {
      this.#lose();
    }
  }

  #tryNext(trigger: Trigger): boolean {
    if (!this.#allowance.take(this.#sent, trigger)) return false;
    this.#send({ type: "hedged", after: trigger });
    return true;
  }

  #send(how: Happening): void {
    // Round and round: no target is asked twice while others are left.
    const index = this.#sent++ % this.#targets.length;
    const attempt = new Attempt(this.#ctx, this.#targets[index] as Target, index, this.#sent);
    this.#running.add(attempt);
    this.#tell(attempt, how);
    attempt.ask(this.#fn).then(
      (value) => {
        this.#running.delete(attempt);
        this.#answered(attempt, value);
      },
      (reason: unknown) => {
        this.#running.delete(attempt);
        this.#failed(attempt, reason);
      },
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
    else this.#ended(attempt);
  }

  #accepts(attempt: Attempt<Target>, value: R): boolean {
    if (attempt.number === 1) this.#plan.latency?.record(attempt.elapsed);
    const { accept } = this.#plan;
    // Code of the user's: it may throw, and it may even cancel the race.
    return accept === undefined || (accept(value, attempt.target, attempt.index) && !this.#over);
  }

  #failed(attempt: Attempt<Target>, reason: unknown): void {
    let pushback: number | undefined;
    if (!this.#over) {
      const { target, index } = attempt;
      const { nonFatal } = this.#plan;
      this.#failures.push({ index, reason });
      this.#tell(attempt, { type: "failed", ms: attempt.elapsed, reason });
      this.#guarded(() => {
        if (nonFatal !== undefined && !nonFatal(reason, target, index)) this.#abort(reason);
        else pushback = this.#plan.pushback?.(reason);
      });
    }
    this.#ended(attempt, pushback);
  }

  // An attempt has ended and is not the winner: the next one is due, unless the race is over.
  #ended(attempt: Attempt<Target>, pushback = 0): void {
    // Runs the abort listeners of whatever the attempt has left behind; one of them may cancel the race.
    attempt.ctx.cancel();
    if (this.#over) {
      if (this.#running.size === 0) this.#losersWaiter?.settle(undefined);
      return;
    }
    if (pushback !== 0 && !this.#allowance.obey(pushback, this.#sent)) this.#stopTimer();
    const { pause } = this.#allowance;
    if (this.#allowance.isSpent(this.#sent)) {
      if (this.#running.size === 0) this.#lose();
    } else if (pause > 0) {
      this.#dueIn(pause, "failure");
    } else {
      this.#guarded(() => this.#due("failure"));
    }
  }

  #win(attempt: Attempt<Target>, value: R): void {
    attempt.release();
    this.#stop();
    this.settle(this.#winner(attempt, value));
    this.#tell(attempt, { type: "won", ms: attempt.elapsed, hedge: attempt.number > 1 });
    if (this.#running.size > 0) this.#cancelRunning(SupersededError.create());
  }

  // The race ends with `reason`, whatever else runs.
  #abort(reason: unknown): void {
    if (this.#over) return;
    this.#stop();
    this.fail(reason);
    this.#cancelRunning(reason);
  }

  #lose(): void {
    this.#stop();
    if (this.#failures.length === 0) {
      this.settle(undefined);
      return;
    }
    const reasons = this.#failures.sort((a, b) => a.index - b.index).map(({ reason }) => reason);
    this.fail(new AggregateError(reasons, `no attempt succeeded: ${reasons.length} of ${this.#sent} failed`));
  }

  // Nothing more is sent. If the first attempt still runs, its time is known only to be at least this.
  #stop(): void {
    this.#over = true;
    this.#stopTimer();
    const { latency } = this.#plan;
    if (latency === undefined) return;
    for (const attempt of this.#running) if (attempt.number === 1) latency.recordAtLeast(attempt.elapsed);
  }

  #stopTimer(): void {
    this.#timer?.clear();
    this.#timer = undefined;
  }

  #cancelRunning(cause: unknown): void {
    for (const loser of this.#running) {
      this.#tell(loser, { type: "wasted", ms: loser.elapsed });
      loser.ctx.cancel(cause);
    }
  }

  #tell({ target, index, number }: Attempt<Target>, happening: Happening): void {
    this.#plan.observe?.({ ...happening, target, index, attempt: number });
  }

  // Runs what calls code of the user's: the delay, the budget and what judges failures. If that throws, the race ends with the error.
  #guarded(fn: () => void): void {
    try {
      fn();
    } catch (error) {
      this.#abort(error);
    }
  }

  #winner({ target, index }: Attempt<Target>, value: R): Winner<Target, R> {
    return new Won(target, index, value, this.#sent, () => {
      if (this.#running.size === 0) return Promise.resolve();
      this.#losersWaiter = new Waiter();
      return park<void>(this.#losersWaiter);
    });
  }
}
