/*
 * Invariants, between any two calls:
 * S1 #used is the sum of the weights of all permits that are out; it is over #capacity only after a resize below it
 * S2 the first in line does not fit: who frees permits serves the queue in the same step, and stops at the first that has to wait
 * S3 #loose are the permits that callers have in hand, in the order of their grants; those of `run` are not among them
 * S4 every request in line weighs at most #capacity
 */
import {
  checkFunction,
  checkWhole,
  completedWith,
  failedWith,
  idle,
  inspect,
  type Linked,
  List,
  park,
  refusal,
  type SignalSource,
  touch,
  Waiter,
  WaitList,
} from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import { Hold, type HoldOwner, release } from "./hold.ts";
import type { Held } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";
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
export class Semaphore implements HoldOwner<Permit> {
  /** What reports call the semaphore. */
  readonly name: string | undefined;
  readonly #waiters: WaitList = new WaitList(this, "acquire", () => this.#serve());
  readonly #loose = new List<Permit>();
  #capacity: number;
  #used = 0;
  // The sum of the weights in #loose.
  #looseWeight = 0;

  /**
   * @param capacity how much may be out at a time: a whole number >= 1
   * @throws RangeError if it is not
   */
  constructor(capacity: number, options: { readonly name?: string } = {}) {
    checkWhole("capacity", capacity, 1);
    this.#capacity = capacity;
    this.name = options.name;
  }

  /** How much may be out at a time. */
  get capacity(): number {
    return this.#capacity;
  }

  /** How much could be taken now, if nobody waited: 0 also while more is out than a resize allows. */
  get available(): number {
    touch(this, "read");
    return Math.max(0, this.#capacity - this.#used);
  }

  /** How many calls wait for permits. */
  get waiting(): number {
    return this.#waiters.size;
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
    return this.#acquire(weight, cancel, true);
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
    touch(this, "tryAcquire");
    return this.#isReady(weight) ? this.#grant(weight, true) : undefined;
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
    if (weight > this.#looseWeight) throw new MisuseError("semaphore: released more than held");
    for (let left = weight; left > 0; ) {
      const latest = this.#loose.last as Permit;
      const part = Math.min(left, latest.weight);
      left -= part;
      this.#giveBack(latest, part);
    }
    this.#serve();
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
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      checkFunction("fn", fn);
    } catch (error) {
      return failedWith(error);
    }
    return this.#acquire(weight, cancel, false).then((held) => runHeld(held, fn));
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
    const shrinks = capacity < this.#capacity;
    this.#capacity = capacity;
    if (shrinks) this.#rejectTooHeavy();
    this.#serve();
  }

  /** For example `Semaphore(2 of 10 available, 1 waiting)`. */
  toString(): string {
    const state = `${this.available} of ${this.#capacity} available`;
    return print("Semaphore", this.name, [state, this.waiting > 0 && `${this.waiting} waiting`]);
  }

  [inspect](): string {
    return this.toString();
  }

  /** @internal */
  get [idle](): boolean {
    return this.#used + this.#waiters.size === 0;
  }

  /** @internal */
  [release](permit: Permit): void {
    touch(this, "release");
    this.#giveBack(permit, permit.weight);
    this.#serve();
  }

  #acquire(weight: number, cancel: SignalSource | undefined, loose: boolean): Promise<Held> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      checkWhole("weight", weight, 1);
    } catch (error) {
      return failedWith(error);
    }
    touch(this, "acquire");
    if (weight > this.#capacity) return failedWith(this.#tooHeavy(weight));
    if (this.#isReady(weight)) return completedWith(this.#grant(weight, loose));
    const request = new Request(weight, loose);
    this.#waiters.push(request);
    return park(request, cancel);
  }

  #fits(weight: number): boolean {
    return this.#used + weight <= this.#capacity;
  }

  #isReady(weight: number): boolean {
    return this.#waiters.size === 0 && this.#fits(weight);
  }

  #first(): Request | null {
    return firstInLine(this.#waiters) as Request | null;
  }

  #grant(weight: number, loose: boolean): Permit {
    const permit = new Permit(this, weight);
    this.#used += weight;
    if (loose) {
      this.#loose.push(permit);
      this.#looseWeight += weight;
    }
    return permit;
  }

  #giveBack(permit: Permit, weight: number): void {
    this.#used -= weight;
    permit.weight -= weight;
    if (permit.list === null) return;
    this.#looseWeight -= weight;
    if (permit.weight === 0) this.#loose.remove(permit);
  }

  // Grants to the first in line as long as it fits. It is tempting to look for one further back that does, but then a stream of
  // small requests keeps a large one waiting for ever.
  #serve(): void {
    for (let next = this.#first(); next !== null && this.#fits(next.weight); next = this.#first()) {
      this.#waiters.remove(next);
      next.settle(this.#grant(next.weight, next.loose));
    }
  }

  #rejectTooHeavy(): void {
    for (let at = this.#waiters.first as Request | null; at !== null; ) {
      const next = at.next as Request | null;
      if (at.weight > this.#capacity) {
        this.#waiters.remove(at);
        at.fail(this.#tooHeavy(at.weight));
      }
      at = next;
    }
  }

  #tooHeavy(weight: number): RangeError {
    return new RangeError(`weight: expected at most the capacity, ${this.#capacity}, got ${weight}`);
  }
}

/** One grant. Its weight is what it still holds: less after a bare release took part of it, 0 once nothing is left. */
class Permit extends Hold implements Linked<Permit> {
  prev: Permit | null = null;
  next: Permit | null = null;
  list: List<Permit> | null = null;
  weight: number;

  constructor(owner: HoldOwner<Permit>, weight: number) {
    super(owner as HoldOwner);
    this.weight = weight;
  }
}

/** A call that waits for permits. */
class Request extends Waiter {
  readonly weight: number;
  /** Whether the caller gets the permit in hand, which `run`'s does not. */
  readonly loose: boolean;

  constructor(weight: number, loose: boolean) {
    super();
    this.weight = weight;
    this.loose = loose;
  }
}
