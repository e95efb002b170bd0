/*
 * Invariants, between any two calls:
 * CV1 who is in #waiters has freed the lock and was not signalled; signals go to the first that came
 * CV2 a wait is decided once, by a signal or by its cancel; from then on it stands in line for the lock and nothing else
 * CV3 a wait settles with the lock held, under the hold with which it came
 */
import { failedWith, idle, inspect, park, refusal, type SignalSource, touch, Waiter, WaitList } from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import type { Hold } from "./hold.ts";
import { type Lender, resume, suspend } from "./lender.ts";
import type { Locker } from "./locker.ts";
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
export class Cond {
  /** The lock that guards what is waited for. */
  readonly locker: Locker;
  /** What reports call it. */
  readonly name: string | undefined;
  readonly #lender: Lender;
  readonly #waiters: WaitList = new WaitList(this, "wait");

  constructor(locker: Locker, options: { readonly name?: string } = {}) {
    this.locker = locker;
    this.name = options.name;
    this.#lender = isLender(locker) ? locker : new AnyLocker(locker);
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
    const waiter = new CondWaiter(this.#lender);
    this.#waiters.push(waiter);
    try {
      waiter.value = this.#lender[suspend]();
    } catch (error) {
      this.#waiters.remove(waiter);
      return failedWith(error);
    }
    return park(waiter, cancel);
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
    return print("Cond", this.name, [`${this.waiting} waiting`]);
  }

  [inspect](): string {
    return this.toString();
  }

  /** @internal */
  get [idle](): boolean {
    return this.#waiters.size === 0;
  }
}

/** One wait: first in line for a signal, then in line for the lock. `value` is the hold that it comes back with. */
class CondWaiter extends Waiter {
  readonly #lender: Lender;
  #cancelled = false;
  #reason: unknown;

  constructor(lender: Lender) {
    super();
    this.#lender = lender;
  }

  /** It was signalled, or cancelled, and is off the list: nothing else can decide it any more. */
  comeBack(): void {
    this.subscription?.end();
    this.subscription = null;
    this.#lender[resume](this);
  }

  /** The lock is held again. */
  override settle(): void {
    if (this.#cancelled) super.fail(this.#reason);
    else super.settle(undefined);
  }

  override fail(reason: unknown): void {
    this.#cancelled = true;
    this.#reason = reason;
    this.comeBack();
  }

  override onCancel(reason: unknown): void {
    this.list?.remove(this);
    this.fail(reason);
  }

  /** The lock could not be taken again. */
  giveUp(reason: unknown): void {
    super.fail(reason);
  }
}

function isLender(locker: Locker): locker is Locker & Lender {
  return suspend in locker && resume in locker;
}

/** Somebody else's lock, through its public face: it is taken again by a new `lock()`, and freed by the bare `unlock()`. */
class AnyLocker implements Lender {
  readonly #locker: Locker;

  constructor(locker: Locker) {
    this.#locker = locker;
  }

  [suspend](): Hold | undefined {
    this.#locker.unlock();
    return undefined;
  }

  [resume](waiter: Waiter): void {
    void this.#locker.lock().then(
      () => waiter.settle(undefined),
      (error: unknown) => (waiter as CondWaiter).giveUp(error),
    );
  }
}
