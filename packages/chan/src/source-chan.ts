/*
 * Invariants:
 * - somebody waits to receive => nothing is held and the channel is open
 * - the source has been stopped, and the subscription has ended, exactly when the channel is closed
 */
import {
  completed,
  failedWith,
  idle,
  refusal,
  type SignalSource,
  sourceOf,
  subscribe,
  type Subscriber,
  type Subscription,
} from "@conc/internal";
import { causeOf } from "./cause-of.ts";
import { Chan } from "./chan.ts";
import { MisuseError } from "./misuse-error.ts";
import { leave } from "./port.ts";
import type { Received } from "./types.ts";

/**
 * A channel that something outside feeds: an iterator, a stream, an emitter. Nobody else sends to it or closes it. Leaving a loop over
 * it, or cancelling it, ends what feeds it.
 */
export abstract class SourceChan<T> extends Chan<T> implements Subscriber {
  /** How many values can be held that nobody has received yet. */
  abstract override readonly capacity: number;
  readonly #cancel: SignalSource | undefined;
  #subscription: Subscription | undefined;
  #open = true;

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

  /** Hands a value to the first who waits, else holds it. */
  protected feed(value: T): void {
    super.trySend(value);
    const othersWait = this.length === 0 && !this[idle];
    if (othersWait) this.wanted();
  }

  /** The source has ended: closes the channel. */
  protected end(cause?: unknown): void {
    this.#open = false;
    this.#subscription?.end();
    super.close(cause);
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
  [leave](): Promise<unknown> {
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

  override recv(cancel?: SignalSource): Promise<Received<T>> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    this.#want();
    return super.recv(cancel);
  }

  override tryRecv(): Received<T> | undefined {
    this.#want();
    return super.tryRecv();
  }

  override send(): Promise<never> {
    return failedWith(receiveOnly());
  }

  override trySend(): never {
    throw receiveOnly();
  }

  override close(): never {
    throw receiveOnly();
  }

  #want(): void {
    if (this.#open && this.length === 0) this.wanted();
  }
}

function receiveOnly(): MisuseError {
  return new MisuseError("send to or close of a receive-only channel");
}

// With a throw inside the call as a rejection.
async function settled(fn: () => unknown): Promise<unknown> {
  return fn();
}
