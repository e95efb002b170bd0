import { describe, type Waiter } from "@conc/internal";
import { never } from "./never.ts";
import { armReceive, armSend, type ReceivePort, type SendPort } from "./port.ts";
import type { ReceiveChan, Received, SendChan } from "./types.ts";

/** What {@link Case.poll} gives when the case would have to wait. */
export const notReady: unique symbol = Symbol.for("@conc/chan.notReady") as never;

/**
 * One branch of a `select`, made by {@link recv} or {@link send}. It holds no state of a wait, so it may be used again and in
 * several selects at once.
 */
export interface Case<out R> {
  /** Does the operation if that needs no waiting, and gives its outcome; else {@link notReady}. @internal */
  poll(): unknown;
  /** Puts the select's waiter for the operation on the channel's queue. @internal */
  arm(waiter: Waiter): void;
  /** What the `select` gives for an outcome of this case; absent: the outcome itself. @internal */
  readonly handler: ((outcome: never) => R) | undefined;
}

class ReceiveCase<T, R> implements Case<R> {
  readonly #ch: ReceivePort<T>;
  readonly handler: ((received: Received<T>) => R) | undefined;

  constructor(ch: ReceivePort<T>, handler: ((received: Received<T>) => R) | undefined) {
    this.#ch = ch;
    this.handler = handler;
  }

  poll(): unknown {
    return this.#ch.tryRecv() ?? notReady;
  }

  arm(waiter: Waiter): void {
    this.#ch[armReceive](waiter);
  }
}

class SendCase<T, R> implements Case<R> {
  readonly #ch: SendPort<T>;
  readonly #value: T;
  readonly handler: (() => R) | undefined;

  constructor(ch: SendPort<T>, value: T, handler: (() => R) | undefined) {
    this.#ch = ch;
    this.#value = value;
    this.handler = handler;
  }

  poll(): unknown {
    return this.#ch.trySend(this.#value) ? undefined : notReady;
  }

  arm(waiter: Waiter): void {
    waiter.value = this.#value;
    this.#ch[armSend](waiter);
  }
}

/**
 * A case of {@link select}: receive from `ch`. The handler gets `{ value, ok }`, and what it returns is what the select gives;
 * without a handler the select gives `{ value, ok }` itself. A nil channel (`never`, `null`, `undefined`) is never ready.
 *
 * Close: a closed and drained channel is ready for ever, with `ok: false`; closed with a cause, it makes the select reject with
 * the cause and run no handler.
 *
 * Go: `case value, ok := <-ch:`.
 */
export function recv<T>(ch: ReceiveChan<T> | null | undefined): Case<Received<T>>;
export function recv<T, R>(ch: ReceiveChan<T> | null | undefined, handler: (received: Received<T>) => R): Case<R>;
export function recv<T, R>(ch: ReceiveChan<T> | null | undefined, handler?: (received: Received<T>) => R): Case<R> {
  const port = (ch ?? never) as ReceivePort<T>;
  if (typeof port[armReceive] !== "function") {
    throw new TypeError(`ch: expected a channel to receive from, got ${describe(ch)}`);
  }
  return new ReceiveCase(port, handler);
}

/**
 * A case of {@link select}: send `value` to `ch`. What the handler returns is what the select gives; without a handler, `undefined`.
 * A nil channel (`never`, `null`, `undefined`) is never ready.
 *
 * Close: a closed channel makes the select reject with ClosedChannelError.
 *
 * Go: `case ch <- value:`.
 */
export function send<T>(ch: SendChan<T> | null | undefined, value: T): Case<undefined>;
export function send<T, R>(ch: SendChan<T> | null | undefined, value: T, handler: () => R): Case<R>;
export function send<T, R>(ch: SendChan<T> | null | undefined, value: T, handler?: () => R): Case<R> {
  const port = (ch ?? never) as SendPort<T>;
  if (typeof port[armSend] !== "function") {
    throw new TypeError(`ch: expected a channel to send to, got ${describe(ch)}`);
  }
  return new SendCase(port, value, handler);
}
