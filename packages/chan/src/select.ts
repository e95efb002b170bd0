/*
 * How a select works: first it tries its cases, in random order, and takes the first that is ready. If none is, it
 * arms one waiter per case, all of them standing for the one call.
 *
 * Invariants:
 * - trying and arming are one synchronous step, so no case becomes ready in between;
 * - the first waiter to be settled decides; in that same step all others leave their queues. So a select never keeps
 *   more than it waits for, and never pairs with itself: while it tries, it is on no queue.
 */
import { describe, failedWith, completedWith, park, refusal, runtime, type SignalSource, Waiter } from "@conc/internal";
import { type Case, notReady } from "./cases.ts";

type Cases = readonly (Case<unknown> | null | undefined)[];

/** What a select over cases `C` gives: what the chosen case's handler returned, or its outcome. */
export type Selected<C extends Cases> = C[number] extends infer One ? (One extends Case<infer R> ? R : never) : never;

/**
 * Waits until one of several channel operations can go on, does that one and no other, and gives what its handler returns.
 *
 * The handler runs in the caller's own flow, after the choice, as code after an `await` would; the choice itself happens inside the
 * call if a case is ready. An async handler is awaited; a handler's error is the select's.
 *
 * Blocks: while no case is ready. `null` cases and nil channels never are: `select([])` waits until it is cancelled.
 * Cancel: rejects with the source's reason, and no case was done. A source that is cancelled already comes before ready cases.
 * Order: among the ready cases each is as likely (see {@link selectBiased} for the other way). While waiting it stands in every
 * queue in the place it came.
 * Close: see {@link recv} and {@link send}.
 *
 * Go: `select { ... }`.
 *
 * @example
 * ```ts
 * import { Chan, recv, select, send } from "@conc/chan";
 *
 * const results = new Chan<number>(1);
 * const log = new Chan<string>();
 * await results.send(42);
 * const text = await select([
 *   recv(results, ({ value, ok }) => (ok ? `got ${value}` : "no more results")),
 *   send(log, "idle", () => "logged"),
 * ]);
 * console.log(text); // => got 42
 * ```
 */
export function select<const C extends Cases>(cases: C, cancel?: SignalSource): Promise<Awaited<Selected<C>>> {
  return run(cases, cancel, anyOf);
}

/**
 * As {@link select}, but among the ready cases the first in the list is chosen. A case that is always ready keeps the ones
 * after it from ever being chosen.
 */
export function selectBiased<const C extends Cases>(cases: C, cancel?: SignalSource): Promise<Awaited<Selected<C>>> {
  return run(cases, cancel, firstOf);
}

/**
 * A `select` that does not wait: does one of the ready cases and gives what its handler returns; with none ready, gives what
 * `otherwise` returns. Synchronous: the promise of an async handler is handed back as it is.
 *
 * @throws ClosedChannelError for a send case on a closed channel, and what a handler throws
 *
 * Go: `select { ... default: ... }`.
 */
export function trySelect<const C extends Cases, D = undefined>(cases: C, otherwise?: () => D): Selected<C> | D {
  const chosen = pollInOrder(valid(cases), anyOf);
  if (chosen === undefined) return otherwise?.() as D;
  const { handler } = chosen.of;
  return (handler === undefined ? chosen.outcome : handler(chosen.outcome as never)) as Selected<C>;
}

/** A case whose operation was done, and how it came out. */
interface Chosen {
  readonly of: Case<unknown>;
  readonly outcome: unknown;
}

function run<R>(cases: Cases, cancel: SignalSource | undefined, next: (left: number) => number): Promise<R> {
  const refused = refusal(cancel);
  if (refused !== undefined) return refused;
  try {
    const armed = valid(cases);
    const chosen = pollInOrder(armed, next);
    if (chosen === undefined) return wait(armed, cancel) as Promise<R>;
    const { handler } = chosen.of;
    const outcome = completedWith(chosen.outcome);
    return (handler === undefined ? outcome : outcome.then(handler as (outcome: unknown) => unknown)) as Promise<R>;
  } catch (error) {
    return failedWith(error);
  }
}

function valid(cases: Cases): Case<unknown>[] {
  if (!Array.isArray(cases)) throw new TypeError(`cases: expected an array of cases, got ${describe(cases)}`);
  const list: Case<unknown>[] = [];
  for (const one of cases as Cases) {
    if (one === null || one === undefined) continue;
    if (typeof one.poll !== "function") {
      throw new TypeError(`cases: expected recv(...), send(...) or null in each place, got ${describe(one)}`);
    }
    list.push(one);
  }
  return list;
}

// Polls one case after the other until one is ready; `next` says which of those that are left comes next.
function pollInOrder(cases: Case<unknown>[], next: (left: number) => number): Chosen | undefined {
  for (let done = 0; done < cases.length; done++) {
    const at = done + next(cases.length - done);
    const of = cases[at] as Case<unknown>;
    const outcome = of.poll();
    if (outcome !== notReady) return { of, outcome };
    cases[at] = cases[done] as Case<unknown>;
    cases[done] = of;
  }
  return undefined;
}

// All orders are as likely. It is tempting to start at a random place and go round from there, but then a ready case behind one that is
// not ready is chosen twice as often.
function anyOf(left: number): number {
  return left === 1 ? 0 : runtime.choose(left);
}

function firstOf(): number {
  return 0;
}

function wait(cases: Case<unknown>[], cancel: SignalSource | undefined): Promise<unknown> {
  const selection = new Selection();
  const promise = park<Chosen>(selection, cancel);
  for (const of of cases) selection.arm(of);
  return promise.then(({ of, outcome }) => (of.handler === undefined ? outcome : of.handler(outcome as never)));
}

/** The select as a whole: it has the promise and the subscription, and is on no queue itself. */
class Selection extends Waiter {
  readonly #armed: CaseWaiter[] = [];

  arm(of: Case<unknown>): void {
    const waiter = new CaseWaiter(this, of);
    this.#armed.push(waiter);
    of.arm(waiter);
  }

  /** Ends the select, and takes every case off its queue; the one that was chosen is off already. */
  protected override finish(outcome: unknown): void {
    super.finish(outcome);
    for (const waiter of this.#armed) waiter.list?.leave(waiter);
  }
}

/** One case's place in its channel's queue. What happens to it happens to the select. */
class CaseWaiter extends Waiter {
  readonly #selection: Selection;
  readonly #of: Case<unknown>;

  constructor(selection: Selection, of: Case<unknown>) {
    super();
    this.#selection = selection;
    this.#of = of;
  }

  override settle(outcome: unknown): void {
    this.#selection.settle({ of: this.#of, outcome } satisfies Chosen);
  }

  override fail(reason: unknown): void {
    this.#selection.fail(reason);
  }
}
