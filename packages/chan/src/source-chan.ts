/*
 * Invariants:
 * - somebody waits to receive => nothing is held and the channel is open
 * - the source has been stopped, and the subscription has ended, exactly when the channel is closed
 */
import {
  completed,
  RingBuffer,
  type SignalSource,
  sourceOf,
  subscribe,
  type Subscriber,
  type Subscription,
  touch,
  type Waiter,
  WaitList,
} from "@conc/internal";
import { causeOf } from "./cause-of.ts";
import { Iterator } from "./iterator.ts";
import { armReceive } from "./port.ts";
import { Receiver } from "./receiver.ts";
import type { ChanIterator, Received } from "./types.ts";

/**
 * A channel that something outside feeds: an iterator, a stream, an emitter. Leaving a loop over it, or cancelling it, ends what feeds it.
 */
export abstract class SourceChan<T> extends Receiver<T> implements Subscriber {
  /** How many values can be held that nobody has received yet. */
  abstract override readonly capacity: number;
  readonly #held = new RingBuffer<T>();
  readonly #receivers: WaitList = new WaitList(this, "recv");
  readonly #cancel: SignalSource | undefined;
  #subscription: Subscription | undefined;
  #open = true;
  // What the channel was closed with; written once, when it is closed.
  #cause: unknown;

  constructor(cancel: SignalSource | undefined) {
    super();
    // What is no source throws now, before the source of values has been touched.
    if (cancel !== undefined) sourceOf(cancel);
    this.#cancel = cancel;
  }

  /** Somebody wants a value and none is held. May feed at once. */
  protected abstract wanted(): void;

  /** Ends the source. Called once, unless the source has ended by itself. Gives a promise if that takes time. */
  protected abstract stop(reason: unknown): unknown;

  /** The source has been asked for a value and has not answered. */
  protected get hangs(): boolean {
    return false;
  }

  /** Makes the channel cancellable, once the source is ready to be stopped. */
  protected begin(): void {
    if (this.#cancel === undefined) return;
    const source = sourceOf(this.#cancel);
    if (source.cancelled) this.onCancel(source.reason);
    else this.#subscription = subscribe(this.#cancel, this);
  }

  protected get open(): boolean {
    return this.#open;
  }

  /** Somebody waits to receive. */
  protected get waitedFor(): boolean {
    return this.#receivers.size > 0;
  }

  /** Hands a value to the first who waits, else holds it. */
  protected feed(value: T): void {
    touch(this, "send");
    const receiver = this.#receivers.shift();
    if (receiver === undefined) this.#held.push(value);
    else receiver.settle({ value, ok: true });
  }

  /** The source has ended: closes the channel. */
  protected end(cause?: unknown): void {
    touch(this, "close");
    this.#open = false;
    this.#cause = cause;
    this.#subscription?.end();
    for (let receiver = this.#receivers.shift(); receiver !== undefined; receiver = this.#receivers.shift()) {
      if (cause === undefined) receiver.settle(over());
      else receiver.fail(cause);
    }
  }

  /** The source has failed: closes the channel with the error. */
  protected fail(error: unknown): void {
    this.end(causeOf(error));
  }

  /**
   * A loop over the channel was left. The promise settles when the source has cleaned up.
   *
   * It is tempting to wait for that always. But an async generator does not return while another receiver's `next()` hangs in it, and that
   * may be for ever. Then nobody waits, and an error of the clean-up is an unhandled rejection.
   */
  leave(): Promise<unknown> {
    if (!this.#open) return completed();
    const { hangs } = this;
    this.end();
    const stopped = settled(() => this.stop(undefined));
    return hangs ? completed() : stopped;
  }

  onCancel(reason: unknown): void {
    this.fail(reason);
    // It is the reason that receivers get. An error of the clean-up gives way to it, as in a `for await` that is left by a throw.
    settled(() => this.stop(reason)).catch(() => {});
  }

  get length(): number {
    touch(this, "length");
    return this.#held.length;
  }

  tryRecv(): Received<T> | undefined {
    touch(this, "recv");
    if (this.#held.length === 0 && this.#open) this.wanted();
    if (this.#held.length > 0) return { value: this.#held.shift(), ok: true };
    if (this.#open) return undefined;
    if (this.#cause !== undefined) throw this.#cause;
    return over();
  }

  override [Symbol.asyncIterator](): ChanIterator<T> {
    return new SourceIterator(this);
  }

  [armReceive](waiter: Waiter): void {
    touch(this, "recv");
    this.#receivers.push(waiter);
  }

  toString(): string {
    const state = [`${this.#held.length} held`];
    if (this.#receivers.size > 0) state.push(`${this.#receivers.size} receiving`);
    if (!this.#open) state.push("closed");
    return `SourceChan(${state.join(", ")})`;
  }
}

class SourceIterator<T> extends Iterator<T> {
  readonly #ch: SourceChan<T>;

  constructor(ch: SourceChan<T>) {
    super(ch);
    this.#ch = ch;
  }

  override return(): Promise<IteratorResult<T, undefined>> {
    const returned = super.return();
    return this.#ch.leave().then(() => returned);
  }
}

function over(): Received<never> {
  return { value: undefined, ok: false };
}

function settled(fn: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(fn());
  } catch (error) {
    return Promise.reject(error);
  }
}
