/** What happened to an attempt, or to one that was not made. */
export type Happening =
  | { readonly type: "sent" }
  | { readonly type: "hedged"; readonly after: "delay" | "failure" }
  | { readonly type: "failed"; readonly ms: number; readonly reason: unknown }
  | { readonly type: "won"; readonly ms: number; readonly hedge: boolean }
  | { readonly type: "wasted"; readonly ms: number };

/**
 * What happens in a hedged call, for metrics and logs:
 * - `sent`: the first attempt;
 * - `hedged`: each further one, and whether a delay or a failure released it;
 * - `failed`: an attempt ended with an error, after `ms` milliseconds;
 * - `won`: the attempt whose answer is the call's, after `ms` of its own; `hedge` if it was not the first;
 * - `wasted`: a loser was cancelled after `ms` of work;
 * - `suppressed`: an attempt was due and not sent, as the budget was spent, too little time was left to the deadline, or every target had been
 *   asked already.
 *
 * `attempt` is the attempt's number, 1 for the first; `index` is the target's place among the targets.
 */
export type HedgeEvent<Target> =
  | (Happening & { readonly target: Target; readonly index: number; readonly attempt: number })
  | { readonly type: "suppressed"; readonly by: "budget" | "deadline" | "target" };
