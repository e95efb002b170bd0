import type { Waiter } from "@conc/internal";
import type { ReceiveChan, SendChan } from "./types.ts";

/**
 * How a waiting call gets onto a channel's queue. Together with `tryRecv` and `trySend` this is all that `select`, `for await` and the
 * bridges need of a channel, so a channel of another make, between threads say, can stand among ours.
 *
 * The waiter is armed only after the try has failed in the same synchronous step. The channel later takes it off its list and
 * settles it with a `Received` (a receive) or `undefined` (a send), or fails it. A waiter that gives up leaves through `waiter.list`.
 */
export const armReceive: unique symbol = Symbol.for("@conc/chan.armReceive") as never;

/** As {@link armReceive}; the value to send is `waiter.value`. */
export const armSend: unique symbol = Symbol.for("@conc/chan.armSend") as never;

/** The method that is called when a loop over the channel is left, for a channel that ends then. The loop waits for its promise. */
export const leave: unique symbol = Symbol.for("@conc/chan.leave") as never;

export interface ReceivePort<out T> extends ReceiveChan<T> {
  [armReceive](waiter: Waiter): void;
  [leave]?(): Promise<unknown>;
}

export interface SendPort<in T> extends SendChan<T> {
  [armSend](waiter: Waiter): void;
}
