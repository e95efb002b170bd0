/*
 * Invariants, between any two calls:
 * RW1 #writer is set => #reading is 0
 * RW2 a reader waits => a writer holds the lock or waits for it
 * RW3 a writer waits => the lock is held
 * RW4 #loose are the read holds that callers have in hand, in the order of their grants; those of `runShared` are not among them
 */
import {
  checkFunction,
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
import { type Lender, resume, suspend } from "./lender.ts";
import type { Held, Locker } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";
import { print } from "./print.ts";
import { runHeld } from "./run-held.ts";

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
export class RWMutex implements Locker, Lender, HoldOwner {
  /** What reports call the mutex. */
  readonly name: string | undefined;
  readonly #writers: WaitList = new WaitList(this, "lock", () => this.#writerGaveUp());
  readonly #readers: WaitList = new WaitList(this, "rLock");
  readonly #loose = new List<ReadHold>();
  #writer: Hold | null = null;
  #reading = 0;
  // Made when first asked for.
  #readSide: (Locker & Lender) | undefined;

  constructor(options: { readonly name?: string } = {}) {
    this.name = options.name;
  }

  /** Whether a writer holds the lock. */
  get locked(): boolean {
    touch(this, "read");
    return this.#writer !== null;
  }

  /** How many readers hold the lock. */
  get readers(): number {
    touch(this, "read");
    return this.#reading;
  }

  /** How many calls wait, readers and writers. */
  get waiting(): number {
    return this.#writers.size + this.#readers.size;
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
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this, "lock");
    if (this.#isFree()) return completedWith((this.#writer = new Hold(this)));
    return this.#queue(this.#writers, new Waiter(), cancel);
  }

  /**
   * Takes the lock for writing if nobody holds it; `undefined` if somebody does. Never waits.
   *
   * Go: `rw.TryLock()`.
   */
  tryLock(): Held | undefined {
    touch(this, "tryLock");
    return this.#isFree() ? (this.#writer = new Hold(this)) : undefined;
  }

  /**
   * Frees the write lock, whoever took it, and spends its {@link Held}.
   *
   * @throws MisuseError if no writer holds the lock
   *
   * Go: `rw.Unlock()`.
   */
  unlock(): void {
    if (this.#writer === null) throw unlocked();
    this.#writer.unlock();
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
    return this.#rLock(cancel, true);
  }

  /**
   * Takes the lock for reading if no writer holds it or waits for it; `undefined` if one does. Never waits.
   *
   * Go: `rw.TryRLock()`.
   */
  tryRLock(): Held | undefined {
    touch(this, "tryRLock");
    return this.#isOpen() ? this.#enter(new ReadHold(this, true)) : undefined;
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
    if (this.#loose.last === null) throw rUnlocked();
    this.#loose.last.unlock();
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
      [suspend]: () => this.#suspendReader(),
      [resume]: (waiter) => this.#resumeReader(waiter),
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
    return this.#run(fn, cancel, () => this.lock(cancel));
  }

  /** As {@link runExclusive}, with the read lock: together with other readers. */
  runShared<R>(fn: () => R, cancel?: SignalSource): Promise<Awaited<R>> {
    return this.#run(fn, cancel, () => this.#rLock(cancel, false));
  }

  /**
   * Turns the write lock into a read lock, without letting a writer in between, and gives the `Held` of the read side; `held` is spent.
   * Readers who wait enter too.
   *
   * @throws MisuseError if `held` does not hold the write lock
   */
  downgrade(held: Held): Held {
    if (held !== this.#writer) {
      throw new MisuseError("sync: downgrade of a Held that does not hold the write lock");
    }
    touch(this, "downgrade");
    const reader = this.#enter(new ReadHold(this, true));
    held.unlock();
    return reader;
  }

  /** For example `RWMutex(2 readers, 1 waiting)` or `RWMutex(locked)`. */
  toString(): string {
    const readers = this.#reading === 1 ? "1 reader" : `${this.#reading} readers`;
    const state = this.locked ? "locked" : this.#reading > 0 ? readers : "unlocked";
    return print("RWMutex", this.name, [state, this.waiting > 0 && `${this.waiting} waiting`]);
  }

  [inspect](): string {
    return this.toString();
  }

  /** @internal */
  get [idle](): boolean {
    return this.#isFree() && this.waiting === 0;
  }

  /** @internal */
  [release](hold: Hold): void {
    if (hold instanceof ReadHold) this.#leave(hold);
    else if (hold === this.#writer) this.#writerLeft();
    else throw unlocked();
  }

  /** @internal */
  [suspend](): Hold {
    const hold = this.#writer;
    if (hold === null) throw unlocked();
    this.#writerLeft();
    return hold;
  }

  /** @internal */
  [resume](waiter: Waiter): void {
    touch(this, "lock");
    if (this.#isFree()) waiter.settle((this.#writer = waiter.value as Hold));
    else this.#writers.push(waiter);
  }

  #isFree(): boolean {
    return this.#writer === null && this.#reading === 0;
  }

  #isOpen(): boolean {
    return this.#writer === null && this.#writers.size === 0;
  }

  #queue(list: WaitList, waiter: Waiter, cancel: SignalSource | undefined): Promise<Held> {
    list.push(waiter);
    return park(waiter, cancel);
  }

  #rLock(cancel: SignalSource | undefined, loose: boolean): Promise<Held> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this, "rLock");
    if (this.#isOpen()) return completedWith(this.#enter(new ReadHold(this, loose)));
    // A reader whose hold is nothing special gets it when it enters: until then it costs nothing.
    return this.#queue(this.#readers, new Waiter(loose ? undefined : new ReadHold(this, false)), cancel);
  }

  #run<R>(fn: () => R, cancel: SignalSource | undefined, lock: () => Promise<Held>): Promise<Awaited<R>> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      checkFunction("fn", fn);
    } catch (error) {
      return failedWith(error);
    }
    return lock().then((held) => runHeld(held, fn));
  }

  #enter(hold: ReadHold): ReadHold {
    this.#reading++;
    hold.reading = true;
    if (hold.loose) this.#loose.push(hold);
    return hold;
  }

  #leave(hold: ReadHold): void {
    touch(this, "rUnlock");
    if (!hold.reading) throw rUnlocked();
    hold.reading = false;
    this.#loose.remove(hold);
    this.#reading--;
    if (this.#reading === 0) this.#letWriterIn();
  }

  // The readers who wait now enter first. It is tempting to let the next writer in if it came before them; but then a stream of writers
  // keeps readers waiting for ever.
  #writerLeft(): void {
    touch(this, "unlock");
    this.#writer = null;
    this.#letReadersIn();
    if (this.#reading === 0) this.#letWriterIn();
  }

  #writerGaveUp(): void {
    if (this.#writer === null && firstInLine(this.#writers) === null) this.#letReadersIn();
  }

  #letReadersIn(): void {
    for (let next = firstInLine(this.#readers); next !== null; next = firstInLine(this.#readers)) {
      this.#readers.remove(next);
      next.settle(this.#enter((next.value as ReadHold | undefined) ?? new ReadHold(this, true)));
    }
  }

  #letWriterIn(): void {
    const next = firstInLine(this.#writers);
    if (next === null) {
      // The last writers in line were cancelled in this very step: whoever waited for them need not wait any more.
      this.#letReadersIn();
      return;
    }
    this.#writers.remove(next);
    // One who comes back from a Cond brings the hold it had.
    this.#writer = (next.value as Hold | undefined) ?? new Hold(this);
    next.settle(this.#writer);
  }

  #suspendReader(): Hold {
    const hold = this.#loose.last;
    if (hold === null) throw rUnlocked();
    this.#leave(hold);
    return hold;
  }

  #resumeReader(waiter: Waiter): void {
    touch(this, "rLock");
    if (this.#isOpen()) waiter.settle(this.#enter(waiter.value as ReadHold));
    else this.#readers.push(waiter);
  }
}

/** One reader's turn. */
class ReadHold extends Hold implements Linked<ReadHold> {
  prev: ReadHold | null = null;
  next: ReadHold | null = null;
  list: List<ReadHold> | null = null;
  /** False before it enters, while it is lent to a Cond, and when it has left. */
  reading = false;
  /** Whether the caller has it in hand, which `runShared`'s does not. */
  readonly loose: boolean;

  constructor(owner: HoldOwner, loose: boolean) {
    super(owner);
    this.loose = loose;
  }
}

function unlocked(): MisuseError {
  return new MisuseError("sync: Unlock of unlocked RWMutex");
}

function rUnlocked(): MisuseError {
  return new MisuseError("sync: RUnlock of unlocked RWMutex");
}
