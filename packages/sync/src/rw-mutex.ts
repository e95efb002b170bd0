/*
 * Invariants, between any two calls, beside those of Permits:
 * RW1 a writer holds all permits, a reader one: so a writer holds the lock alone
 * RW2 a reader waits => a writer holds the lock or waits for it
 * RW3 the holds in hand are one writer's, or readers'
 */
import { idle, refusal, type SignalSource, touch, type Waiter, WaitList } from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import { Hold } from "./hold.ts";
import { lend, type Lender } from "./lender.ts";
import type { Held, Locker } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";
import { Permits } from "./permits.ts";
import { Primitive } from "./primitive.ts";
import { print } from "./print.ts";
import { runHeld } from "./run-held.ts";

// What a writer takes: more than ever read at a time, and a small integer in every engine.
const all = 1e9;

/**
 * A lock that many readers or one writer hold at a time.
 *
 * Order: a reader that comes after a waiting writer waits, so readers never starve writers. When a writer leaves, every reader who
 * waits at that moment enters before the next writer, so writers never starve readers. Writers enter in the order they came.
 *
 * It can not be upgraded: a reader that asks for the write lock waits for itself, as in Go. {@link downgrade} goes the other way.
 *
 * Go: `sync.RWMutex`.
 *
 * @example
 * ```ts
 * import { RWMutex } from "@conc/sync";
 *
 * const rw = new RWMutex();
 * const prices = new Map<string, number>();
 *
 * async function price(item: string) {
 *   using _ = await rw.rLock();
 *   return prices.get(item);
 * }
 *
 * async function setPrice(item: string, price: number) {
 *   using _ = await rw.lock();
 *   prices.set(item, price);
 * }
 *
 * await setPrice("bread", 3);
 * console.log(await Promise.all([price("bread"), price("salt")])); // => [ 3, undefined ]
 * ```
 */
export class RWMutex extends Primitive implements Locker, Lender {
  readonly #permits = new ReadWritePermits(this);
  // Made when first asked for.
  #readSide: (Locker & Lender) | undefined;

  /** Whether a writer holds the lock. */
  get locked(): boolean {
    touch(this, "read");
    return this.#permits.used >= all;
  }

  /** How many readers hold the lock. */
  get readers(): number {
    return this.locked ? 0 : this.#permits.used;
  }

  /** How many calls wait, readers and writers. */
  get waiting(): number {
    return this.#permits.line.size + this.#permits.readers.size;
  }

  /**
   * Takes the lock for writing: nobody else holds it in any way.
   *
   * Blocks: while anybody holds the lock.
   * Cancel: rejects with the source's reason, and the lock was not taken; readers whom this wait held up enter.
   *
   * Go: `rw.Lock()`.
   */
  lock(cancel?: SignalSource): Promise<Held> {
    return refusal(cancel) ?? this.#permits.take(all, cancel);
  }

  /**
   * Takes the lock for writing if nobody holds it; `undefined` if somebody does. Never waits.
   *
   * Go: `rw.TryLock()`.
   */
  tryLock(): Held | undefined {
    return this.#permits.tryTake("tryLock", all);
  }

  /**
   * Frees the write lock, whoever took it, and spends its {@link Held}.
   *
   * @throws MisuseError if no writer holds the lock
   *
   * Go: `rw.Unlock()`.
   */
  unlock(): void {
    this.#latest(true).unlock();
  }

  /**
   * Takes the lock for reading, together with other readers.
   *
   * Blocks: while a writer holds the lock or waits for it.
   * Cancel: rejects with the source's reason, and the lock was not taken.
   *
   * Go: `rw.RLock()`.
   */
  rLock(cancel?: SignalSource): Promise<Held> {
    return refusal(cancel) ?? this.#permits.take(1, cancel);
  }

  /**
   * Takes the lock for reading if no writer holds it or waits for it; `undefined` if one does. Never waits.
   *
   * Go: `rw.TryRLock()`.
   */
  tryRLock(): Held | undefined {
    return this.#permits.tryTake("tryRLock", 1);
  }

  /**
   * Frees one read lock, and spends the {@link Held} of the reader that entered last. With several readers prefer the `Held`s, or use
   * this for all of them; what {@link runShared} took is not touched.
   *
   * @throws MisuseError if no reader holds the lock
   *
   * Go: `rw.RUnlock()`.
   */
  rUnlock(): void {
    this.#latest(false).unlock();
  }

  /**
   * The read side as a {@link Locker}, for what takes one.
   *
   * Go: `rw.RLocker()`.
   */
  rLocker(): Locker {
    this.#readSide ??= {
      lock: (cancel) => this.rLock(cancel),
      unlock: () => this.rUnlock(),
      [lend]: (waiter) => this.#lend(waiter, false),
    };
    return this.#readSide;
  }

  /**
   * Runs `fn` with the write lock held, and gives what it returns. The lock is freed when `fn` has ended, in whatever way.
   *
   * `fn` runs in the async context of this call, however long it queued.
   *
   * Blocks, Cancel: as {@link lock}.
   *
   * @throws (rejects with) what `fn` throws; TypeError if it is not a function
   */
  runExclusive<R>(fn: () => R, cancel?: SignalSource): Promise<Awaited<R>> {
    return runHeld(fn, cancel, () => this.#permits.take(all, cancel));
  }

  /** As {@link runExclusive}, with the read lock: together with other readers. */
  runShared<R>(fn: () => R, cancel?: SignalSource): Promise<Awaited<R>> {
    return runHeld(fn, cancel, () => this.#permits.take(1, cancel, false));
  }

  /**
   * Turns the write lock into a read lock, without letting a writer in between, and gives the `Held` of the read side; `held` is spent.
   * Readers who wait enter too.
   *
   * @throws MisuseError if `held` does not hold the write lock
   */
  downgrade(held: Held): Held {
    touch(this, "downgrade");
    if (!this.locked || held !== this.#permits.latest) {
      throw new MisuseError("sync: downgrade of a Held that does not hold the write lock");
    }
    const reader = this.#permits.grant(new Hold(this.#permits, 1));
    held.unlock();
    return reader;
  }

  /** For example `RWMutex(2 readers, 1 waiting)` or `RWMutex(locked)`. */
  toString(): string {
    const { readers } = this;
    const shared = readers === 1 ? "1 reader" : readers > 0 ? `${readers} readers` : "unlocked";
    return print("RWMutex", this.name, this.locked ? "locked" : shared, this.waiting);
  }

  /** @internal */
  get [idle](): boolean {
    return this.#permits.used === 0;
  }

  /** @internal */
  [lend](waiter: Waiter): () => void {
    return this.#lend(waiter, true);
  }

  #lend(waiter: Waiter, exclusive: boolean): () => void {
    touch(this, exclusive ? "unlock" : "rUnlock");
    return this.#permits.lend(this.#latest(exclusive), waiter);
  }

  // The writer's hold, or the latest reader's.
  #latest(exclusive: boolean): Hold {
    const { latest } = this.#permits;
    if (latest === null || this.locked !== exclusive) {
      throw new MisuseError(`sync: ${exclusive ? "Unlock" : "RUnlock"} of unlocked RWMutex`);
    }
    return latest;
  }
}

/** Permits of which all or one are taken, by writers and readers, who wait in a line each. */
class ReadWritePermits extends Permits {
  readonly readers: WaitList;

  constructor(owner: RWMutex) {
    super("lock", all, owner);
    this.readers = new WaitList(owner, "rLock");
  }

  // When a writer leaves, the readers who wait now enter first. It is tempting to let the next writer in if it came before them; but
  // then a stream of writers keeps readers waiting for ever.
  override serve(weight: number): void {
    if (weight === all || firstInLine(this.line) === null) this.serveLine(this.readers);
    super.serve(weight);
  }

  override release(hold: Hold): void {
    const { latest } = this;
    if (hold.lentTo !== null && hold.weight === 1 && latest?.weight === 1) this.#exchange(hold, latest);
    super.release(hold);
  }

  // A Cond's wait is given the latest reader's hold, since nobody can tell whose wait it is. It may be another reader's, who has lent
  // its own in return and gives this one back now. One reader's hold is as good as another's: so they change places.
  #exchange(lent: Hold, other: Hold): void {
    const waiter = lent.lentTo as Waiter;
    this.putAway(other);
    waiter.value = other;
    other.lentTo = waiter;
    lent.lentTo = null;
    this.putInHand(lent);
  }

  protected override lineFor(weight: number): WaitList {
    return weight === all ? this.line : this.readers;
  }
}
