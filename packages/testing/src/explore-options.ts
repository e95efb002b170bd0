/**
 * How schedules are chosen.
 * - `mix`: random walks and PCT in turns: the one to start with
 * - `random`: at each choice, each step is as likely
 * - `pct`: random priorities, and a few places where the one in front falls behind: for bugs that need several things to come together
 * - `exhaustive`: every schedule there is: a proof, for a small program
 * - `dpor`: as exhaustive, without the schedules that differ only in the order of steps that have nothing to do with each other. It
 *   knows what the operations of chan, context and sync touch, and {@link shared} state; a plain variable that tasks share it does not
 *   see, nor what the patterns keep for themselves
 */
export type StrategyName = "mix" | "random" | "pct" | "exhaustive" | "dpor";

/** What `replay` needs to know too, if it was given to `explore`. */
export interface RunSettings {
  /**
   * More steps than that in one schedule are a livelock.
   * @default 10_000
   */
  readonly maxSteps?: number;
  /**
   * `fail`: what still waits when the body has ended, and nothing can end it, is a failure.
   * @default "fail"
   */
  readonly leaks?: "fail" | "allow";
}

export interface ExploreOptions extends RunSettings {
  /** @default "mix" */
  readonly strategy?: StrategyName;
  /**
   * How many schedules to run at most.
   * @default 1000; for exhaustive and dpor 100_000, and to hit that bound without having asked for it is a failure
   */
  readonly schedules?: number;
  /** Of the chance in mix, random and pct: the same seed, the same schedules. Default: a new one each time. */
  readonly seed?: number;
  /**
   * `in-order`: timers fire when nothing else can happen, in the order of their times. `any-order`: whenever, for a machine may be
   * that slow.
   * @default "in-order"
   */
  readonly timers?: "in-order" | "any-order";
}
