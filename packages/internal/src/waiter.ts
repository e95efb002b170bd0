import type { SignalSource, Subscriber } from "./cancel-source.ts";
import { subscribe, Subscription } from "./cancel-source.ts";
import { type Linked, List } from "./list.ts";
import { runtime } from "./runtime.ts";
import { touch } from "./touch.ts";
import { tellLater, turnIsOver } from "./turn.ts";

/**
 * A queue of waiting calls, in the order they came. `owner` and `operation` say what they wait for.
 */
export class WaitList extends List<Waiter> {
  readonly owner: object;
  readonly operation: string;
  /** Called after a waiter has given up its place, so that the owner can serve the next one (law C4). */
  readonly #onLeave: (() => void) | undefined;

  constructor(owner: object, operation: string, onLeave?: () => void) {
    super();
    this.owner = owner;
    this.operation = operation;
    this.#onLeave = onLeave;
  }

  /** Makes a call wait in this queue; `value` is what it brings. `cancel` has passed {@link refusal} in this same step. */
  wait<T>(cancel: SignalSource | undefined, value?: unknown): Promise<T> {
    const waiter = new Waiter(value);
    this.push(waiter);
    return park(waiter, cancel);
  }

  /** Takes back a waiter that has not been served. */
  leave(waiter: Waiter): void {
    if (!this.remove(waiter)) return;
    touch(this.owner, "leave");
    this.#onLeave?.();
  }
}

/**
 * One call that waits: Go's sudog. It is settled once, by whoever comes first: the one who serves it, the one who closes
 * what it waits for, or the cancelling of its source.
 *
 * Invariants:
 * - while it waits it is on the lists it registered with, and its subscription, if it has one, is alive;
 * - whoever settles it has taken it off its list in the same synchronous step; settling ends the subscription.
 *   So a settled waiter is on no list and nothing can settle it again.
 *
 * A wait that is not cancellable costs this object, its promise and one function, about 230 bytes: hence one
 * function and not two (see {@link Rejection}), and the subscription in an object of its own.
 */
export class Waiter implements Linked<Waiter>, Subscriber {
  prev: Waiter | null = null;
  next: Waiter | null = null;
  list: WaitList | null = null;
  /** What the call brought, for example the value to send; after it was settled late in a turn, its outcome. */
  value: unknown;
  /** Set once, by {@link park}. */
  tell!: (outcome: unknown) => void;
  /** Set once, by {@link park}, if the call can be cancelled. */
  subscription: Subscription | null = null;

  constructor(value?: unknown) {
    this.value = value;
  }

  /** Resolves the call with `outcome`. The waiter is off its list already. */
  settle(outcome: unknown): void {
    this.finish(outcome);
  }

  /** Rejects the call with `reason`. The waiter is off its list already. */
  fail(reason: unknown): void {
    this.finish(new Rejection(reason));
  }

  /** Ends the wait: the only place where a waiting call's promise is decided. */
  protected finish(outcome: unknown): void {
    if (this.subscription !== null) this.subscription.end();
    if (runtime.observer !== null) runtime.observer.wake(this);
    if (turnIsOver()) {
      this.value = outcome;
      tellLater(this);
    } else {
      this.tell(outcome);
    }
  }

  /** The source of the wait was cancelled: gives up the place in the queue and rejects with the source's reason. */
  onCancel(reason: unknown): void {
    this.fail(reason);
    this.list?.leave(this);
  }
}

/**
 * An outcome that is a failure. A waiter keeps the promise's resolve function only; resolving with this thenable
 * rejects, one microtask later, and saves every parked call the 72 bytes of a second function.
 */
class Rejection {
  readonly #reason: unknown;

  constructor(reason: unknown) {
    this.#reason = reason;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- being a thenable is its whole purpose
  then(_resolve: unknown, reject: (reason: unknown) => void): void {
    reject(this.#reason);
  }
}

// The executor is shared and hands the function over through a variable: no closure per wait.
let resolveOfLast: ((outcome: never) => void) | undefined;
function capture(resolve: (outcome: never) => void): void {
  resolveOfLast = resolve;
}

/**
 * Makes the promise of a call that has to wait; the only place that makes one. The caller puts the waiter on its
 * list. `cancel` has passed {@link refusal} in this same step.
 */
export function park<T>(waiter: Waiter, cancel?: SignalSource): Promise<T> {
  const promise = new Promise<T>(capture);
  waiter.tell = resolveOfLast as (outcome: unknown) => void;
  // Kept, it would keep alive what waits for the promise, until the next call that waits.
  resolveOfLast = undefined;
  if (cancel !== undefined) waiter.subscription = subscribe(cancel, waiter);
  if (runtime.observer !== null) runtime.observer.block(waiter);
  return promise;
}

const done: Promise<void> = Promise.resolve();

/** The promise of a call that has completed at once, without a value. */
export function completed(): Promise<void> {
  return turnIsOver() ? nextTurn(undefined) : done;
}

/**
 * The promise of a call that has completed at once with `value`.
 *
 * On the hottest paths it is written out, `turnIsOver() ? nextTurn({ ... }) : Promise.resolve({ ... })`: the engine saves its search for a
 * `then` (a quarter of a receive) when it sees the object being made right where it is wrapped.
 */
export function completedWith<T>(value: T): Promise<T> {
  return turnIsOver() ? nextTurn(value) : Promise.resolve(value);
}

/** The promise of a call that has failed at once with `reason`. */
export function failedWith(reason: unknown): Promise<never> {
  return turnIsOver() ? nextTurn(new Rejection(reason)) : Promise.reject(reason);
}

/** The promise of a call that has completed at once with `outcome`, and is told of it in the next turn. */
export function nextTurn<T>(outcome: unknown): Promise<T> {
  const waiter = new Waiter(outcome);
  const promise = park<T>(waiter);
  if (runtime.observer !== null) runtime.observer.wake(waiter);
  tellLater(waiter);
  return promise;
}
