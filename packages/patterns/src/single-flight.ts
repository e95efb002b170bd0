/*
 * Invariants:
 * - #flights has at most one flight per key, one that has neither ended nor been left or forgotten: so nothing is ever cached;
 * - a flight's #callers are those who wait for it. When the last one leaves, the flight's context is cancelled and the flight is out of
 *   #flights in that same step: who comes next begins a new one, and never joins one that is cancelled.
 */
import type { ReceiveChan } from "@conc/chan";
import { background, type CancelContext, type Context, withCancel, withoutCancel } from "@conc/context";
import { checkFunction, failedWith, refusal, type SignalSource, type Waiter, WaitList } from "@conc/internal";
import { checkContext } from "./arguments.ts";
import { begin } from "./begin.ts";
import { causeOf } from "./cause-of.ts";
import { isContext } from "./is-context.ts";
import { Outlet } from "./outlet.ts";

/** What a caller of a {@link SingleFlight} gets. */
export interface FlightResult<V> {
  readonly value: V;
  /** Whether the flight had more than one caller. */
  readonly shared: boolean;
}

/**
 * Calls that ask for the same at the same time share one run: the first begins it, the others wait for its outcome.
 *
 * Nothing is cached: the call after a run has ended begins a new one.
 *
 * Go: `singleflight.Group` of golang.org/x/sync.
 *
 * @example
 * ```ts
 * import { SingleFlight } from "@conc/patterns";
 *
 * const users = new SingleFlight<number, string>();
 * let queries = 0;
 * const load = async () => `user, query ${++queries}`;
 * const [a, b] = await Promise.all([users.do(7, load), users.do(7, load)]);
 * console.log(a.value, b.value, a.shared); // => user, query 1 user, query 1 true
 * ```
 */
export class SingleFlight<K, V> {
  readonly #flights = new Map<K, Flight<V>>();

  /**
   * Joins the run for `key`, or begins one with `fn`, inside the call and in the caller's async context.
   *
   * The run's context has the values of the context that its first caller gave as `cancel`, and nobody's cancellation: it is cancelled when
   * the last of its callers has left.
   *
   * Blocks: until the run ends.
   * Cancel: the caller leaves, with its source's reason. The run goes on for the others.
   * Throws: (rejects with) what `fn` throws or rejects with, the same for all callers.
   */
  do(key: K, fn: (ctx: Context) => V | PromiseLike<V>, cancel?: SignalSource): Promise<FlightResult<V>> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      checkFunction("fn", fn);
    } catch (error) {
      return failedWith(error);
    }
    let flight = this.#flights.get(key);
    if (flight !== undefined) return flight.join(cancel);
    flight = new Flight(cancel, (ended) => {
      if (this.#flights.get(key) === ended) this.#flights.delete(key);
    });
    this.#flights.set(key, flight);
    const joined = flight.join(cancel);
    flight.run(fn);
    return joined;
  }

  /**
   * As {@link do}, with a channel that delivers the outcome and is closed; with the error as its cause, if the run fails. Leaving a `for await`
   * over it is leaving the run.
   *
   * @throws TypeError if `fn` is not a function or `ctx` not a context
   */
  doChan(key: K, fn: (ctx: Context) => V | PromiseLike<V>, ctx: Context = background()): ReceiveChan<FlightResult<V>> {
    checkFunction("fn", fn);
    checkContext(ctx);
    const caller = withCancel(ctx);
    const out = new Outlet<FlightResult<V>>(1, () => caller.cancel());
    const finish = (cause?: unknown) => {
      out.finish(cause);
      caller.cancel();
    };
    this.do(key, fn, caller).then(
      (result) => {
        out.trySend(result);
        finish();
      },
      (reason: unknown) => finish(causeOf(reason)),
    );
    return out;
  }

  /** Lets the next call for `key` begin a run of its own. The one that is under way goes on for its callers. */
  forget(key: K): void {
    this.#flights.delete(key);
  }
}

class Flight<V> {
  readonly #ctx: CancelContext;
  readonly #onOver: (flight: Flight<V>) => void;
  readonly #callers: WaitList = new WaitList(this, "do", () => this.#onLeave());
  // How many have ever waited for it.
  #joined = 0;

  /** `onOver` is called when nobody may join any more. */
  constructor(first: SignalSource | undefined, onOver: (flight: Flight<V>) => void) {
    this.#ctx = withCancel(isContext(first) ? withoutCancel(first) : background());
    this.#onOver = onOver;
  }

  join(cancel: SignalSource | undefined): Promise<FlightResult<V>> {
    this.#joined++;
    return this.#callers.wait(cancel);
  }

  // When it ends its context is not cancelled: the value may still need it, as the body of a response does.
  run(fn: (ctx: Context) => V | PromiseLike<V>): void {
    begin(() => fn(this.#ctx)).then(
      (value) => this.#end((caller) => caller.settle({ value, shared: this.#joined > 1 } satisfies FlightResult<V>)),
      (reason: unknown) => this.#end((caller) => caller.fail(reason)),
    );
  }

  #end(tell: (caller: Waiter) => void): void {
    this.#onOver(this);
    this.#callers.drain(tell);
  }

  #onLeave(): void {
    if (this.#callers.size > 0) return;
    this.#onOver(this);
    this.#ctx.cancel();
  }
}
