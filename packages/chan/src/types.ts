import type { SignalSource } from "@conc/internal";

/** What a receive gives: a value, or the news that the channel is closed and drained. Go's `v, ok := <-ch`. */
export type Received<T> = { value: T; ok: true } | { value: undefined; ok: false };

/** The iterator of `for await` over a channel. Its `return()` ends the `next()` calls that are still waiting. */
export type ChanIterator<T> = AsyncIterableIterator<T, undefined, undefined>;

/**
 * The half of a channel that values go into. Go's `chan<- T`.
 *
 * `send` and `trySend` are written as properties, since TypeScript compares the parameters of methods both ways: a channel of dogs
 * would pass for one that takes any animal.
 */
export interface SendChan<in T> {
  /** How many values are buffered. */
  readonly length: number;
  /** How many values can be buffered. */
  readonly capacity: number;
  /** Sends `value`; waits until a receiver or the buffer takes it. See {@link Chan.send}. */
  readonly send: (value: T, cancel?: SignalSource) => Promise<void>;
  /** Sends `value` if that needs no waiting. See {@link Chan.trySend}. */
  readonly trySend: (value: T) => boolean;
  /** Says that no more values will come. See {@link Chan.close}. */
  close(cause?: unknown): void;
}

/** The half of a channel that values come out of. Go's `<-chan T`. */
export interface ReceiveChan<out T> extends AsyncIterable<T, undefined, undefined> {
  /** How many values are buffered. */
  readonly length: number;
  /** How many values can be buffered. */
  readonly capacity: number;
  /** Receives the next value; waits for one. See {@link Chan.recv}. */
  recv(cancel?: SignalSource): Promise<Received<T>>;
  /** Receives a value if that needs no waiting. See {@link Chan.tryRecv}. */
  tryRecv(): Received<T> | undefined;
  /** Waits for one value and takes along what else is there. See {@link Chan.recvMany}. */
  recvMany(max: number, cancel?: SignalSource): Promise<T[]>;
  /** Receives until the channel is closed and drained. See {@link Chan}. */
  [Symbol.asyncIterator](): ChanIterator<T>;
}
