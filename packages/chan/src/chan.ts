/*
 * Invariants, between any two calls:
 * I1 at most one of #receivers and #senders is non-empty, but for one select that waits to do both on an unbuffered channel
 * I2 something is buffered => #receivers is empty
 * I3 there is room in the buffer => #senders is empty
 * I4 the buffer, then #senders, hold the values in the order their sends were called
 * I5 #closed => #receivers and #senders are empty; the buffer still drains
 * I6 a pending call is on the list it registered with, a settled one is on none
 */
import {
  checkWhole,
  completed,
  completedWith,
  failedWith,
  idle,
  inspect,
  nextTurn,
  refusal,
  RingBuffer,
  type SignalSource,
  touch,
  turnIsOver,
  type Waiter,
  WaitList,
} from "@conc/internal";
import { Iterator } from "./iterator.ts";
import { ClosedChannelError } from "./closed-channel-error.ts";
import { armReceive, armSend, type ReceivePort, type SendPort } from "./port.ts";
import { recvMany } from "./recv-many.ts";
import type { ChanIterator, Received } from "./types.ts";

/**
 * A channel: values go in at one end and come out at the other, in order, and whoever has to wait for the other side waits.
 *
 * Without capacity a send and a receive meet: each waits for the other. With capacity, sends run ahead of the receives by as
 * many values. Any value may be sent, `undefined`, `null` and promises included; it comes out as it went in.
 *
 * Order: values come out in the order in which their sends were called. Those who wait are served first come, first served.
 *
 * `for await (const value of ch)` receives until the channel is closed and drained. Leaving the loop does not close the channel.
 *
 * Go: `make(chan T, capacity)`.
 *
 * @example
 * ```ts
 * import { Chan } from "@conc/chan";
 *
 * const ch = new Chan<string>(2);
 * await ch.send("a");
 * await ch.send("b");
 * ch.close();
 * for await (const value of ch) console.log(value);
 * // => a
 * // => b
 * ```
 */
export class Chan<T> implements SendPort<T>, ReceivePort<T> {
  /** How many values can be buffered. */
  readonly capacity: number;
  /** What reports call the channel. */
  readonly name: string | undefined;
  readonly #buffer = new RingBuffer<T>();
  readonly #receivers: WaitList = new WaitList(this, "recv");
  readonly #senders: WaitList = new WaitList(this, "send");
  #closed = false;
  // What close was called with; written once, by close.
  #cause: unknown;

  /**
   * @param capacity how many values may be buffered: a whole number >= 0
   * @throws RangeError if it is not
   */
  constructor(capacity = 0, options: { readonly name?: string } = {}) {
    checkWhole("capacity", capacity, 0);
    this.capacity = capacity;
    this.name = options.name;
  }

  /** How many values are buffered. Go's `len(ch)`. */
  get length(): number {
    touch(this, "length");
    return this.#buffer.length;
  }

  /**
   * Sends `value`.
   *
   * Blocks: until a receiver takes the value or the buffer has room for it.
   * Cancel: rejects with the source's reason, and the value was not sent.
   * Close: rejects with {@link ClosedChannelError}, whose `value` is the unsent value, at once or when the channel is closed
   * while the send waits.
   *
   * Go: `ch <- value`, where a send on a closed channel panics.
   */
  send(value: T, cancel?: SignalSource): Promise<void> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this, "send");
    if (this.#closed) return failedWith(this.#sendOnClosed(value));
    if (this.#offer(value)) return completed();
    return this.#senders.wait(cancel, value);
  }

  /**
   * Sends `value` if a receiver is waiting or the buffer has room; false if neither is so. Never waits.
   *
   * @throws ClosedChannelError if the channel is closed
   *
   * Go: `select { case ch <- value: ... default: ... }`.
   */
  trySend(value: T): boolean {
    touch(this, "trySend");
    if (this.#closed) throw this.#sendOnClosed(value);
    return this.#offer(value);
  }

  /**
   * Receives the next value: `{ value, ok: true }`, or `{ value: undefined, ok: false }` once the channel is closed and drained.
   *
   * Blocks: until there is a value or the channel is closed.
   * Cancel: rejects with the source's reason, and no value was taken.
   * Close: what is buffered is still received; then rejects with the cause, if the channel was closed with one.
   *
   * Go: `value, ok := <-ch`.
   */
  recv(cancel?: SignalSource): Promise<Received<T>> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this, "recv");
    const value = this.#take();
    if (value !== nothing) return turnIsOver() ? nextTurn({ value, ok: true }) : Promise.resolve({ value, ok: true });
    if (this.#closed) return this.#cause === undefined ? completedWith(end()) : failedWith(this.#cause);
    return this.#receivers.wait(cancel);
  }

  /**
   * Receives a value if there is one now; `undefined` if a receive would have to wait. Never waits.
   *
   * @throws what the channel was closed with, once it is drained
   *
   * Go: `select { case value, ok := <-ch: ... default: ... }`.
   */
  tryRecv(): Received<T> | undefined {
    touch(this, "tryRecv");
    const value = this.#take();
    if (value !== nothing) return { value, ok: true };
    if (!this.#closed) return undefined;
    if (this.#cause !== undefined) throw this.#cause;
    return end();
  }

  /**
   * Receives at least one and at most `max` values: waits for the first, then takes what is there.
   * `[]` means that the channel is closed and drained.
   *
   * Blocks, Cancel, Close: as {@link recv}.
   *
   * @throws (rejects with) RangeError if `max` is not a whole number >= 1
   */
  recvMany(max: number, cancel?: SignalSource): Promise<T[]> {
    return recvMany(this, max, cancel);
  }

  /**
   * Says that no more values will come. Waiting receives end with `{ value: undefined, ok: false }`, waiting sends reject with
   * {@link ClosedChannelError}; what is buffered can still be received.
   *
   * With a `cause`, receivers get the cause as an error once the channel is drained: the way for a producer to say that it failed.
   *
   * @throws ClosedChannelError if the channel is closed already
   *
   * Go: `close(ch)`; the cause is ours.
   */
  close(cause?: unknown): void {
    touch(this, "close");
    if (this.#closed) throw new ClosedChannelError("close of closed channel", { cause: this.#cause });
    this.#closed = true;
    this.#cause = cause;
    this.#receivers.drain((receiver) => (cause === undefined ? receiver.settle(end()) : receiver.fail(cause)));
    this.#senders.drain((sender) => sender.fail(this.#sendOnClosed(sender.value as T)));
  }

  [Symbol.asyncIterator](): ChanIterator<T> {
    return new Iterator(this);
  }

  /** @internal */
  [armReceive](waiter: Waiter): void {
    touch(this, "recv");
    this.#receivers.push(waiter);
  }

  /** @internal */
  [armSend](waiter: Waiter): void {
    touch(this, "send");
    this.#senders.push(waiter);
  }

  /** For example `Chan(2 of 3 buffered, 1 sending)`. */
  toString(): string {
    const state = [`${this.#buffer.length} of ${this.capacity} buffered`];
    if (this.#receivers.size > 0) state.push(`${this.#receivers.size} receiving`);
    if (this.#senders.size > 0) state.push(`${this.#senders.size} sending`);
    if (this.#closed) state.push("closed");
    return `Chan(${this.name === undefined ? "" : `"${this.name}", `}${state.join(", ")})`;
  }

  [inspect](): string {
    return this.toString();
  }

  /** @internal */
  get [idle](): boolean {
    return this.#buffer.length + this.#receivers.size + this.#senders.size === 0;
  }

  // Gives the value to the first receiver, else to the buffer. The channel is open.
  #offer(value: T): boolean {
    const receiver = this.#receivers.shift();
    if (receiver !== undefined) {
      receiver.settle({ value, ok: true });
      return true;
    }
    if (this.#buffer.length === this.capacity) return false;
    this.#buffer.push(value);
    return true;
  }

  // Takes the oldest value, from the buffer or from the first sender; a sender that waited for room gets it.
  #take(): T | typeof nothing {
    const sender = this.#senders.shift();
    if (this.#buffer.length === 0) {
      if (sender === undefined) return nothing;
      const value = sender.value as T;
      sender.settle(undefined);
      return value;
    }
    const value = this.#buffer.shift();
    if (sender !== undefined) {
      this.#buffer.push(sender.value as T);
      sender.settle(undefined);
    }
    return value;
  }

  #sendOnClosed(value: T): ClosedChannelError<T> {
    return new ClosedChannelError("send on closed channel", { value, cause: this.#cause });
  }
}

// What {@link Chan} has when there is no value: any value is a legal one, so this is none that anybody else has.
const nothing: unique symbol = Symbol("nothing");

function end(): Received<never> {
  return { value: undefined, ok: false };
}
