/*
 * Invariants, between any two calls: they are those of Permits, of which there is one. So
 * M1 at most one hold is out, and it alone frees the lock; every other is spent, or lent to a Cond
 * M2 somebody waits => the lock is held
 */
import { idle, refusal, type SignalSource, touch, type Waiter } from "@conc/internal";
import type { Hold } from "./hold.ts";
import { lend, type Lender } from "./lender.ts";
import type { Held, Locker } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";
import { Permits } from "./permits.ts";
import { Primitive } from "./primitive.ts";
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
export class Mutex extends Primitive implements Locker, Lender {
  // There is one.
  readonly #permits = new Permits("lock", 1, this);

  /** Whether somebody holds the lock. */
  get locked(): boolean {
    touch(this, "read");
    return this.#permits.used > 0;
  }

  /** How many calls wait for the lock. */
  get waiting(): number {
    return this.#permits.line.size;
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
    return refusal(cancel) ?? this.#permits.take(1, cancel);
  }

  /**
   * Takes the lock if it is free; `undefined` if it is not. Never waits.
   *
   * Go: `mu.TryLock()`.
   */
  tryLock(): Held | undefined {
    return this.#permits.tryTake("tryLock", 1);
  }

  /**
   * Frees the lock, whoever took it, and spends its {@link Held}. Prefer the `Held`: it can only free its own turn.
   *
   * @throws MisuseError if nobody holds the lock
   *
   * Go: `mu.Unlock()`.
   */
  unlock(): void {
    this.#latest().unlock();
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
    return runHeld(fn, cancel, () => this.#permits.take(1, cancel));
  }

  /** For example `Mutex(locked, 3 waiting)`. */
  toString(): string {
    return print("Mutex", this.name, this.locked ? "locked" : "unlocked", this.waiting);
  }

  /** @internal */
  get [idle](): boolean {
    return !this.locked;
  }

  /** @internal */
  [lend](waiter: Waiter): () => void {
    touch(this, "unlock");
    return this.#permits.lend(this.#latest(), waiter);
  }

  #latest(): Hold {
    const { latest } = this.#permits;
    if (latest === null) throw new MisuseError("sync: unlock of unlocked mutex");
    return latest;
  }
}
