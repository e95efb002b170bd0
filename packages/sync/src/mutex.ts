/*
 * Invariants, between any two calls:
 * M1 somebody waits => #holder is set: who unlocks hands over in the same step, so a free lock has no queue
 * M2 #holder is the one hold that can free the lock; every other hold of this mutex is spent, or lent to a Cond
 * M3 #waiters is in the order the calls came, and each waiter in it is pending
 */
import {
  checkFunction,
  completedWith,
  failedWith,
  idle,
  inspect,
  park,
  refusal,
  type SignalSource,
  touch,
  Waiter,
  WaitList,
} from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import { Hold, type HoldOwner, release } from "./hold.ts";
import { type Lender, resume, suspend } from "./lender.ts";
import type { Held, Locker } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";
import { print } from "./print.ts";
import { runHeld } from "./run-held.ts";

/**
 * A lock that one task holds at a time: for a sequence with an `await` in it that nobody may see half done.
 *
 * It is not reentrant, as Go's is not: a task that locks it twice waits for itself.
 *
 * Go: `sync.Mutex`.
 *
 * @example
 * ```ts
 * import { Mutex } from "@conc/sync";
 *
 * const mu = new Mutex();
 * let counter = 0;
 *
 * async function increment() {
 *   using _ = await mu.lock();
 *   const read = counter;
 *   await Promise.resolve(); // whatever takes time
 *   counter = read + 1;
 * }
 *
 * await Promise.all(Array.from({ length: 1000 }, increment));
 * console.log(counter); // => 1000
 * ```
 */
export class Mutex implements Locker, Lender, HoldOwner {
  /** What reports call the mutex. */
  readonly name: string | undefined;
  readonly #waiters: WaitList = new WaitList(this, "lock");
  // Written by whoever takes the lock and by whoever hands it over.
  #holder: Hold | null = null;

  constructor(options: { readonly name?: string } = {}) {
    this.name = options.name;
  }

  /** Whether somebody holds the lock. */
  get locked(): boolean {
    touch(this, "read");
    return this.#holder !== null;
  }

  /** How many calls wait for the lock. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /**
   * Takes the lock, and gives the {@link Held} that frees it: `using _ = await mu.lock()`.
   *
   * Blocks: while somebody holds the lock.
   * Cancel: rejects with the source's reason, and the lock was not taken.
   * Order: first come, first served; who unlocks hands over to the first in line, so nobody barges in.
   *
   * Go: `mu.Lock()`.
   */
  lock(cancel?: SignalSource): Promise<Held> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this, "lock");
    if (this.#holder === null) return completedWith((this.#holder = new Hold(this)));
    const waiter = new Waiter();
    this.#waiters.push(waiter);
    return park(waiter, cancel);
  }

  /**
   * Takes the lock if it is free; `undefined` if it is not. Never waits.
   *
   * Go: `mu.TryLock()`.
   */
  tryLock(): Held | undefined {
    touch(this, "tryLock");
    if (this.#holder !== null) return undefined;
    return (this.#holder = new Hold(this));
  }

  /**
   * Frees the lock, whoever took it, and spends its {@link Held}. Prefer the `Held`: it can only free its own turn.
   *
   * @throws MisuseError if nobody holds the lock
   *
   * Go: `mu.Unlock()`.
   */
  unlock(): void {
    if (this.#holder === null) throw unlocked();
    this.#holder.unlock();
  }

  /**
   * Runs `fn` with the lock held, and gives what it returns. The lock is freed when `fn` has ended, in whatever way.
   *
   * `fn` runs in the async context of this call, however long it queued.
   *
   * Blocks, Cancel, Order: as {@link lock}; once `fn` has begun, a cancel is `fn`'s own affair.
   *
   * @throws (rejects with) what `fn` throws; TypeError if it is not a function
   */
  runExclusive<R>(fn: () => R, cancel?: SignalSource): Promise<Awaited<R>> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      checkFunction("fn", fn);
    } catch (error) {
      return failedWith(error);
    }
    return this.lock(cancel).then((held) => runHeld(held, fn));
  }

  /** For example `Mutex(locked, 3 waiting)`. */
  toString(): string {
    const { waiting } = this;
    return print("Mutex", this.name, [this.locked ? "locked" : "unlocked", waiting > 0 && `${waiting} waiting`]);
  }

  [inspect](): string {
    return this.toString();
  }

  /** @internal */
  get [idle](): boolean {
    return this.#holder === null;
  }

  /** @internal */
  [release](hold: Hold): void {
    touch(this, "unlock");
    if (hold !== this.#holder) throw unlocked();
    const next = firstInLine(this.#waiters);
    if (next === null) {
      this.#holder = null;
      return;
    }
    this.#waiters.remove(next);
    // One who comes back from a Cond brings the hold it had.
    this.#holder = (next.value as Hold | undefined) ?? new Hold(this);
    next.settle(this.#holder);
  }

  /** @internal */
  [suspend](): Hold {
    const hold = this.#holder;
    if (hold === null) throw unlocked();
    this[release](hold);
    return hold;
  }

  /** @internal */
  [resume](waiter: Waiter): void {
    touch(this, "lock");
    if (this.#holder !== null) {
      this.#waiters.push(waiter);
      return;
    }
    this.#holder = waiter.value as Hold;
    waiter.settle(this.#holder);
  }
}

function unlocked(): MisuseError {
  return new MisuseError("sync: unlock of unlocked mutex");
}
