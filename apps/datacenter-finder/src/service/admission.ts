/*
 * Invariants:
 * - what runs weighs at most the capacity; what waits are at most `queue` calls, first come, first served;
 * - a call is refused only when it would have to wait and the queue is full, and then at once.
 */
import type { Context } from "@conc/context";
import { Semaphore } from "@conc/sync";
import { OverloadedError } from "./overloaded-error.ts";

export interface AdmissionOptions {
  /** How much weight may run at a time. */
  readonly capacity: number;
  /** How many may wait. */
  readonly queue: number;
}

/** The door of the service: lets in so much work at a time, lets some wait, and turns away the rest before it costs anything. */
export class Admission {
  readonly #room: Semaphore;
  readonly #queue: number;

  constructor({ capacity, queue }: AdmissionOptions) {
    this.#room = new Semaphore(capacity, { name: "finds" });
    this.#queue = queue;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#room.waiting;
  }

  /** How much weight runs. */
  get running(): number {
    return this.#room.capacity - this.#room.available;
  }

  /** Whether {@link run} would take a call of this weight, now or in the queue. */
  hasRoom(weight: number): boolean {
    const { waiting, available, capacity } = this.#room;
    return waiting < this.#queue || (waiting === 0 && available >= Math.min(weight, capacity));
  }

  /**
   * Runs `fn` when there is room for its weight; alone, if it weighs more than there will ever be room for.
   *
   * @throws (rejects with) OverloadedError if there is no room to wait either, the context's error if that is done before there is room
   */
  async run<R>(ctx: Context, weight: number, fn: () => Promise<R>): Promise<R> {
    const fitted = Math.min(weight, this.#room.capacity);
    const held = this.#room.tryAcquire(fitted) ?? (await this.#wait(ctx, fitted));
    try {
      return await fn();
    } finally {
      held.unlock();
    }
  }

  #wait(ctx: Context, weight: number): ReturnType<Semaphore["acquire"]> {
    if (this.#room.waiting >= this.#queue) throw new OverloadedError();
    return this.#room.acquire(weight, ctx);
  }
}
