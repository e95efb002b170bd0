import { describe } from "./arguments.ts";
import type { Linked, List } from "./list.ts";
import { SignalHub } from "./signal-hub.ts";

/**
 * What a call that waits can be cancelled by: an AbortSignal, or anything that has one, such as a Context, an
 * AbortController or a fetch `RequestInit`.
 */
export type SignalSource = AbortSignal | { readonly signal: AbortSignal };

/**
 * How a wait hears of being cancelled, in O(1) and without a listener of its own. A Context offers this under
 * {@link cancelSource}; an AbortSignal gets it through its {@link SignalHub}.
 */
export interface CancelSource {
  readonly cancelled: boolean;
  /** What cancelled waits reject with. Read only when `cancelled`. */
  readonly reason: unknown;
  subscribe(subscription: Subscription): void;
  /** Harmless when the subscription has ended. */
  unsubscribe(subscription: Subscription): void;
}

/** The key under which an object offers its own {@link CancelSource}. */
export const cancelSource: unique symbol = Symbol.for("@conc/cancelSource") as never;

/** Who wants to hear of a cancel. It hears at most once, and the subscription is over by then. */
export interface Subscriber {
  onCancel(reason: unknown): void;
}

/** One subscriber's place on one source's list. */
export class Subscription implements Linked<Subscription> {
  prev: Subscription | null = null;
  next: Subscription | null = null;
  list: List<Subscription> | null = null;
  readonly source: CancelSource;
  readonly subscriber: Subscriber;

  constructor(source: CancelSource, subscriber: Subscriber) {
    this.source = source;
    this.subscriber = subscriber;
  }

  end(): void {
    this.source.unsubscribe(this);
  }
}

/** Subscribes to a source that is not cancelled yet. */
export function subscribe(cancel: SignalSource, subscriber: Subscriber): Subscription {
  const source = sourceOf(cancel);
  const subscription = new Subscription(source, subscriber);
  source.subscribe(subscription);
  return subscription;
}

/** The source behind `cancel`; throws when there is none. */
export function sourceOf(cancel: SignalSource): CancelSource {
  const own = (cancel as { [cancelSource]?: CancelSource } | null)?.[cancelSource];
  if (own !== undefined) return own;
  const signal = signalOf(cancel);
  if (signal === undefined) throw notASource(cancel);
  return SignalHub.of(signal);
}

/** By shape, not instanceof: signals of another realm and polyfilled ones are signals too. */
export function signalOf(cancel: SignalSource): AbortSignal | undefined {
  const signal = (cancel as { signal?: AbortSignal } | null)?.signal ?? (cancel as AbortSignal | null);
  return typeof signal?.aborted === "boolean" ? signal : undefined;
}

/** What a call that was given `got` for a source rejects with. */
export function notASource(got: unknown): TypeError {
  return new TypeError(`cancel: expected an AbortSignal, a Context or an object with a signal, got ${describe(got)}`);
}
