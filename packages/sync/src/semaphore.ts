/*
 * Invariants, between any two calls, beside those of Permits:
 * S1 every request in line weighs at most the capacity: a heavier one could never be served
 */
import { checkWhole, failedWith, idle, refusal, type SignalSource, touch, type Waiter } from "@conc/internal";
import type { Hold } from "./hold.ts";
import type { Held } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";
import { Permits } from "./permits.ts";
import { Primitive } from "./primitive.ts";
import { print } from "./print.ts";
import { runHeld } from "./run-held.ts";

/**
 * So much and no more at a time: permits that are taken by weight and given back.
 *
 * Order: strictly first come, first served. A small request never overtakes a large one, so the large one never starves. A
 * weight over the capacity could never be served: it rejects at once and blocks nobody.
 *
 * Go: `semaphore.Weighted` of golang.org/x/sync; with weights of 1 also the buffered channel used as a semaphore.
 *
 * @example
 * ```ts
 * import { Semaphore } from "@conc/sync";
 *
 * const oven = new Semaphore(10); // trays
 * using bread = await oven.acquire(6);
 * console.log(oven.available); // => 4
 * console.log(oven.tryAcquire(5)); // => undefined
 * bread.unlock();
 * console.log(await oven.run(() => "baked", 10)); // => baked
 * ```
 */
export class Semaphore extends Primitive {
  readonly #permits: Permits;

  /**
   * @param capacity how much may be out at a time: a whole number >= 1
   * @throws RangeError if it is not
   */
  constructor(capacity: number, options?: { readonly name?: string }) {
    super(options);
    checkWhole("capacity", capacity, 1);
    this.#permits = new Permits("acquire", capacity, this);
  }

  /** How much may be out at a time. */
  get capacity(): number {
    touch(this, "read");
    return this.#permits.capacity;
  }

  /** How much could be taken now, if nobody waited: 0 also while more is out than a resize allows. */
  get available(): number {
    touch(this, "read");
    return Math.max(0, this.capacity - this.#permits.used);
  }

  /** How many calls wait for permits. */
  get waiting(): number {
    return this.#permits.line.size;
  }

  /**
   * Takes `weight` of the permits, and gives the {@link Held} that frees them: `using _ = await sem.acquire(3)`.
   *
   * Blocks: while there are not enough permits, or somebody waits who came before.
   * Cancel: rejects with the source's reason, and nothing was taken; whoever can go on now does.
   *
   * @throws (rejects with) RangeError if `weight` is not a whole number >= 1 or is over the capacity, at once or when a resize
   * makes it so
   *
   * Go: `sem.Acquire(ctx, weight)`; over the capacity it waits there until the context ends.
   */
  acquire(weight = 1, cancel?: SignalSource): Promise<Held> {
    return refusal(cancel) ?? this.#take(weight, cancel, true);
  }

  /**
   * Takes `weight` of the permits if that needs no waiting; `undefined` if it does. Never waits.
   *
   * @throws RangeError if `weight` is not a whole number >= 1
   *
   * Go: `sem.TryAcquire(weight)`.
   */
  tryAcquire(weight = 1): Held | undefined {
    checkWhole("weight", weight, 1);
    return this.#permits.tryTake("tryAcquire", weight);
  }

  /**
   * Gives back `weight` of the permits that were acquired, and spends as much of their {@link Held}s, the latest first. Prefer the
   * `Held`: it gives back exactly its own. Within one semaphore keep to one of the two ways; what {@link run} took is not touched.
   *
   * @throws MisuseError if so much is not held; RangeError if `weight` is not a whole number >= 1
   *
   * Go: `sem.Release(weight)`.
   */
  release(weight = 1): void {
    checkWhole("weight", weight, 1);
    touch(this, "release");
    const permits = this.#permits;
    if (!permits.areInHand(weight)) throw new MisuseError("semaphore: released more than held");
    for (let left = weight; left > 0; ) {
      const latest = permits.latest as Hold;
      const part = Math.min(left, latest.weight);
      left -= part;
      permits.takeBack(latest, part);
    }
    permits.serve(weight);
  }

  /**
   * Runs `fn` with `weight` of the permits taken, and gives what it returns. They are given back when `fn` has ended, in whatever way.
   *
   * `fn` runs in the async context of this call, however long it queued.
   *
   * Blocks, Cancel: as {@link acquire}; once `fn` has begun, a cancel is `fn`'s own affair.
   *
   * @throws (rejects with) what `fn` throws, what {@link acquire} does; TypeError if `fn` is not a function
   */
  run<R>(fn: () => R, weight = 1, cancel?: SignalSource): Promise<Awaited<R>> {
    return runHeld(fn, cancel, () => this.#take(weight, cancel, false));
  }

  /**
   * Changes the capacity. What is out stays out: after a resize below it, permits are granted again when enough has come back. A
   * request in line that has become too heavy is rejected. Costs time in proportion to the queue when the capacity shrinks.
   *
   * @throws RangeError if `capacity` is not a whole number >= 1
   */
  resize(capacity: number): void {
    checkWhole("capacity", capacity, 1);
    touch(this, "resize");
    const permits = this.#permits;
    permits.capacity = capacity;
    for (let waiter: Waiter | null = permits.line.first, next; waiter !== null; waiter = next) {
      next = waiter.next;
      const weight = permits.weightOf(waiter);
      // One whose source is cancelled is told that, and not this.
      if (weight <= capacity || waiter.subscription?.source.cancelled === true) continue;
      permits.line.remove(waiter);
      waiter.fail(this.#tooHeavy(weight));
    }
    permits.serve(0);
  }

  /** For example `Semaphore(2 of 10 available, 1 waiting)`. */
  toString(): string {
    return print("Semaphore", this.name, `${this.available} of ${this.capacity} available`, this.waiting);
  }

  /** @internal */
  get [idle](): boolean {
    return this.#permits.used + this.waiting === 0;
  }

  #take(weight: number, cancel: SignalSource | undefined, inHand: boolean): Promise<Held> {
    try {
      checkWhole("weight", weight, 1);
      if (weight > this.capacity) throw this.#tooHeavy(weight);
    } catch (error) {
      return failedWith(error);
    }
    return this.#permits.take(weight, cancel, inHand);
  }

  #tooHeavy(weight: number): RangeError {
    return new RangeError(`weight: expected at most the capacity, ${this.capacity}, got ${weight}`);
  }
}
