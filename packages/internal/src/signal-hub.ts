import type { CancelSource, Subscription } from "./cancel-source.ts";
import { List } from "./list.ts";
import { runtime } from "./runtime.ts";
import { touch } from "./touch.ts";

/**
 * All waits on one AbortSignal, behind one listener.
 *
 * Invariants: the listener is on the signal exactly while somebody is subscribed; waits end in the order they subscribed.
 */
export class SignalHub implements CancelSource {
  readonly #signal: AbortSignal;
  readonly #subscriptions = new List<Subscription>();

  private constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** The hub of `signal`, the same one in every copy of this code. */
  static of(signal: AbortSignal): SignalHub {
    let hub = runtime.hubs.get(signal);
    if (hub === undefined) {
      hub = new SignalHub(signal);
      runtime.hubs.set(signal, hub);
    }
    return hub;
  }

  get cancelled(): boolean {
    return this.#signal.aborted;
  }

  get reason(): unknown {
    return this.#signal.reason;
  }

  subscribe(subscription: Subscription): void {
    if (this.#subscriptions.size === 0) this.#signal.addEventListener("abort", this);
    this.#subscriptions.push(subscription);
  }

  unsubscribe(subscription: Subscription): void {
    if (this.#subscriptions.remove(subscription) && this.#subscriptions.size === 0) {
      this.#signal.removeEventListener("abort", this);
    }
  }

  /** The signal was aborted. */
  handleEvent(): void {
    touch(this.#signal, "abort");
    this.#signal.removeEventListener("abort", this);
    this.#subscriptions.drain(({ subscriber }) => subscriber.onCancel(this.#signal.reason));
  }
}
