import {
  type CancelSource,
  completedWith,
  failedWith,
  List,
  nextTurn,
  park,
  Subscription,
  turnIsOver,
  Waiter,
} from "@conc/internal";
import { armReceive, leave, type ReceivePort } from "./port.ts";
import type { ChanIterator, Received } from "./types.ts";

/**
 * The iterator behind `for await` over any channel. To the `next()` calls that wait it is what a signal is to other waits: the
 * source that ends them, when `return()` is called. It is tempting to keep them in a Set; but that makes each call half as dear again.
 *
 * Invariant: `#pending` holds exactly the `next()` calls that wait.
 */
export class Iterator<T> implements ChanIterator<T>, CancelSource {
  readonly #ch: ReceivePort<T>;
  readonly #pending = new List<Subscription>();
  #returned = false;

  constructor(ch: ReceivePort<T>) {
    this.#ch = ch;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#returned) return completedWith(over());
    let received: Received<T> | undefined;
    try {
      received = this.#ch.tryRecv();
    } catch (cause) {
      return failedWith(cause);
    }
    if (received !== undefined) {
      const { value, ok } = received;
      if (!ok) return completedWith(over());
      return turnIsOver() ? nextTurn({ value, done: false }) : Promise.resolve({ value, done: false });
    }
    const waiter = new NextWaiter();
    this.#ch[armReceive](waiter);
    const promise = park<IteratorResult<T, undefined>>(waiter);
    waiter.subscription = new Subscription(this, waiter);
    this.subscribe(waiter.subscription);
    return promise;
  }

  /** Ends the `next()` calls that wait as done. A channel that knows no {@link leave} stays as it is. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#returned = true;
    this.#pending.drain(({ subscriber }) => subscriber.onCancel(undefined));
    return this.#ch[leave]?.().then(over) ?? completedWith(over());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @internal */
  get cancelled(): boolean {
    return this.#returned;
  }

  /** @internal */
  get reason(): undefined {
    return undefined;
  }

  /** @internal */
  subscribe(subscription: Subscription): void {
    this.#pending.push(subscription);
  }

  /** @internal */
  unsubscribe(subscription: Subscription): void {
    this.#pending.remove(subscription);
  }
}

/** A `next()` that waits: a receive that is told as an iterator's result. */
class NextWaiter extends Waiter {
  override settle(received: Received<unknown>): void {
    this.finish(result(received));
  }

  override onCancel(): void {
    this.finish(over());
    this.list?.leave(this);
  }
}

function result<T>(received: Received<T>): IteratorResult<T, undefined> {
  return received.ok ? { value: received.value, done: false } : over();
}

function over(): IteratorReturnResult<undefined> {
  return { value: undefined, done: true };
}
