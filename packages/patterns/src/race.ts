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
import { checkContext, targetsOf } from "./arguments.ts";
import { Attempt } from "./attempt.ts";
import type { Happening, HedgeEvent } from "./hedge-event.ts";
import type { RacePlan } from "./race-plan.ts";
import { SupersededError } from "./superseded-error.ts";
import type { Work, Winner } from "./types.ts";
import { Won } from "./won.ts";

/** What made an attempt due. */
type Trigger = "delay" | "failure";

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
    return new Race(ctx, targetsOf(targets), fn, plan()).run();
  } catch (error) {
    return failedWith(error);
  }
}

class Race<Target, R> extends Waiter {
  readonly #ctx: Context;
  readonly #targets: readonly Target[];
  readonly #fn: Work<Target, R>;
  readonly #plan: RacePlan<Target, R>;
  readonly #running = new Set<Attempt<Target>>();
  readonly #failures: { readonly index: number; readonly reason: unknown }[] = [];
  // Lowered to #sent when there is no point in further ones, for the last time then.
  #maxAttempts: number;
  #sent = 0;
  #over = false;
  // Set exactly while something falls due at a later time.
  #timer: TimerHandle | undefined;
  // The end of the servers' pushback, on the clock's monotonic time.
  #notBefore = 0;
  // For who asked for `losers` while some still ran.
  #losersWaiter: Waiter | undefined;

  constructor(ctx: Context, targets: readonly Target[], fn: Work<Target, R>, plan: RacePlan<Target, R>) {
    super();
    this.#ctx = ctx;
    this.#targets = targets;
    this.#fn = fn;
    this.#plan = plan;
    this.#maxAttempts = plan.maxAttempts ?? targets.length;
  }

  run(): Promise<Winner<Target, R> | undefined> {
    const promise = park<Winner<Target, R> | undefined>(this, this.#ctx);
    this.#plan.budget?.deposit();
    this.#send({ type: "sent" });
    this.#schedule();
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
      let ms: number;
      try {
        if (this.#sent >= this.#maxAttempts && !this.#tellsOfWant()) return;
        ms = this.#plan.delay(this.#sent);
      } catch (error) {
        this.#abort(error);
        return;
      }
      if (ms > 0) {
        if (ms < Number.POSITIVE_INFINITY) this.#dueIn(ms, "delay");
        return;
      }
      if (this.#sent >= this.#maxAttempts || !this.#tryNext("delay")) return;
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
        this.#due(trigger);
      },
      ms,
      true,
    );
  }

  #due(trigger: Trigger): void {
    if (this.#tryNext(trigger)) {
      this.#timer?.clear();
      this.#timer = undefined;
      this.#schedule();
    } else if (this.#running.size === 0) {
      this.#lose();
    }
  }

  #tryNext(trigger: Trigger): boolean {
    const by = this.#obstacle(trigger);
    if (by === undefined) this.#send({ type: "hedged", after: trigger });
    else this.#observe({ type: "suppressed", by });
    return by === undefined;
  }

  #obstacle(trigger: Trigger): "target" | "deadline" | "budget" | undefined {
    if (this.#sent >= this.#maxAttempts) return "target";
    // After a failure there is nothing to lose by trying; beside an attempt that runs, one that cannot come in time is only load.
    if (trigger === "delay" && this.#timeLeft() < (this.#plan.latency?.median ?? 0)) return "deadline";
    const { budget } = this.#plan;
    return budget === undefined || budget.tryWithdraw() ? undefined : "budget";
  }

  #timeLeft(): number {
    const { deadline } = this.#ctx;
    return deadline === undefined ? Number.POSITIVE_INFINITY : deadline.getTime() - runtime.clock.date();
  }

  #send(how: Happening): void {
    // Round and round: no target is asked twice while others are left.
    const index = this.#sent++ % this.#targets.length;
    const attempt = new Attempt(this.#ctx, this.#targets[index] as Target, index, this.#sent);
    this.#running.add(attempt);
    this.#tell(attempt, how);
    attempt.ask(this.#fn).then(
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
      this.#failures.push({ index: attempt.index, reason });
      this.#tell(attempt, { type: "failed", ms: attempt.elapsed, reason });
      const { nonFatal } = this.#plan;
      try {
        if (nonFatal !== undefined && !nonFatal(reason, attempt.target, attempt.index)) this.#abort(reason);
        else pushback = this.#plan.pushback?.(reason);
      } catch (error) {
        this.#abort(error);
      }
    }
    this.#ended(attempt, pushback);
  }

  // An attempt has ended and is not the winner: the next one is due, unless the race is over.
  #ended(attempt: Attempt<Target>, pushback = 0): void {
    this.#running.delete(attempt);
    // Runs the abort listeners of whatever the attempt has left behind; one of them may cancel the race.
    attempt.ctx.cancel();
    if (this.#over) {
      if (this.#running.size === 0) this.#losersWaiter?.settle(undefined);
      return;
    }
    this.#obey(pushback);
    if (this.#sent < this.#maxAttempts) {
      const ms = this.#notBefore - runtime.clock.now();
      if (ms > 0) this.#dueIn(ms, "failure");
      else this.#due("failure");
    } else if (this.#running.size === 0) {
      this.#lose();
    }
  }

  // Puts off what is to be sent by what the server asks for; for good if that is for ever, or longer than there is time.
  #obey(pushback: number): void {
    if (pushback === 0) return;
    const late = pushback >= this.#timeLeft();
    if (pushback > 0 && !late) {
      this.#notBefore = Math.max(this.#notBefore, runtime.clock.now() + pushback);
      return;
    }
    if (late && this.#sent < this.#maxAttempts) this.#observe({ type: "suppressed", by: "deadline" });
    this.#maxAttempts = this.#sent;
    this.#stopTimer();
  }

  #win(attempt: Attempt<Target>, value: R): void {
    this.#running.delete(attempt);
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
    if (this.#plan.observe !== undefined) this.#observe({ ...happening, target, index, attempt: number });
  }

  // An observer that throws is loud, and of no effect on the call.
  #observe(event: HedgeEvent<Target>): void {
    try {
      this.#plan.observe?.(event);
    } catch (error) {
      void Promise.reject(error);
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
