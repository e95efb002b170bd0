/*
 * Invariants, between any two calls:
 * CV1 who is in #waiters has freed the lock and was not signalled; signals go to the first that came
 * CV2 a wait is decided once, by a signal or by its cancel; from then on it stands in line for the lock and nothing else
 * CV3 a wait settles with the lock held, under the hold with which it came
 */
import { idle, park, refusal, type SignalSource, touch, Waiter, WaitList } from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import { lend, type Lender } from "./lender.ts";
import type { Locker } from "./locker.ts";
import { Primitive } from "./primitive.ts";
import { print } from "./print.ts";

/**
 * A place to wait until what a lock guards has changed.
 *
 * Go: `sync.Cond`.
 *
 * @example
 * ```ts
 * import { Cond, Mutex } from "@conc/sync";
 *
 * const mu = new Mutex();
 * const notEmpty = new Cond(mu);
 * const queue: string[] = [];
 *
 * async function take() {
 *   using _ = await mu.lock();
 *   while (queue.length === 0) await notEmpty.wait();
 *   return queue.shift();
 * }
 *
 * async function put(item: string) {
 *   using _ = await mu.lock();
 *   queue.push(item);
 *   notEmpty.signal();
 * }
 *
 * const taken = take();
 * await put("bread");
 * console.log(await taken); // => bread
 * ```
 */
export class Cond extends Primitive {
  /** The lock that guards what is waited for. */
  readonly locker: Locker;
  readonly #waiters: WaitList = new WaitList(this, "wait");

  constructor(locker: Locker, options?: { readonly name?: string }) {
    super(options);
    this.locker = locker;
  }

  /** How many calls wait for a signal. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /**
   * Frees the lock, waits for a signal, and takes the lock again, under the same `Held`. Others have had the lock in between, so look at
   * the condition again: `while (!condition) await cond.wait(ctx)`.
   *
   * It takes its place in line before it frees the lock: no signal that comes after the condition was looked at is missed.
   *
   * Blocks: until a signal; then, or when cancelled, while somebody holds the lock.
   * Cancel: rejects with the source's reason, and the lock is held again, so that the caller's unlock is right in any case. A signal
   * that came first wins, and a signal never goes to a wait that was cancelled.
   * Order: the one that came first is signalled first.
   *
   * @throws (rejects with) MisuseError if the lock is not held
   *
   * Go: `c.Wait()`.
   */
  wait(cancel?: SignalSource): Promise<void> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this, "wait");
    const waiter = new CondWaiter();
    this.#waiters.push(waiter);
    // Before the lock is freed: somebody else's lock may run what signals or cancels this wait inside its `unlock()`.
    const parked = park<void>(waiter, cancel);
    try {
      waiter.lend(this.locker);
    } catch (error) {
      this.#waiters.remove(waiter);
      waiter.giveUp(error);
    }
    return parked;
  }

  /**
   * Wakes the first that waits, if any. The lock need not be held.
   *
   * Go: `c.Signal()`.
   */
  signal(): void {
    touch(this, "signal");
    const first = firstInLine(this.#waiters) as CondWaiter | null;
    if (first === null) return;
    this.#waiters.remove(first);
    first.comeBack();
  }

  /**
   * Wakes all that wait now. The lock need not be held; they get it one after the other, in the order they came.
   *
   * Go: `c.Broadcast()`.
   */
  broadcast(): void {
    for (let left = this.#waiters.size; left > 0; left--) this.signal();
  }

  /** For example `Cond(2 waiting)`. */
  toString(): string {
    return print("Cond", this.name, `${this.waiting} waiting`);
  }

  /** @internal */
  get [idle](): boolean {
    return this.#waiters.size === 0;
  }
}

/** One wait: first in line for a signal, then in line for the lock. */
class CondWaiter extends Waiter {
  // Takes the lock again for this wait, in turn, and then settles it.
  #takeLock!: () => void;
  #failure: { readonly reason: unknown } | undefined;

  /** Frees the lock until the wait is over. Somebody else's has its public face only, and is taken again by a new `lock()`. */
  lend(locker: Locker & Partial<Lender>): void {
    if (locker[lend] === undefined) {
      this.#takeLock = () => void this.#lock(locker);
      locker.unlock();
    } else {
      this.#takeLock = locker[lend](this);
    }
  }

  /** It was signalled, or else cancelled, and is off the list: nothing else can decide it any more. */
  comeBack(failure?: { readonly reason: unknown }): void {
    this.#failure = failure;
    this.subscription?.end();
    this.subscription = null;
    this.#takeLock();
  }

  /** The lock is held again. */
  override settle(): void {
    if (this.#failure === undefined) super.settle(undefined);
    else super.fail(this.#failure.reason);
  }

  override fail(reason: unknown): void {
    this.comeBack({ reason });
  }

  override onCancel(reason: unknown): void {
    this.list?.remove(this);
    this.fail(reason);
  }

  /** The lock is not held, or can not be taken again. */
  giveUp(reason: unknown): void {
    super.fail(reason);
  }

  async #lock(locker: Locker): Promise<void> {
    try {
      await locker.lock();
    } catch (error) {
      this.giveUp(error);
      return;
    }
    this.settle();
  }
}
