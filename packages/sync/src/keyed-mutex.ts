/*
 * Invariants, between any two calls:
 * K1 a key is in #locks exactly while its lock is held or a pending lockAll is going to take it (a pin)
 * K2 while a key is in #locks its place in the order does not change. A lockAll pins all its keys at once and takes them in that
 *    order. Those that wait for each other are all pending, so they agree on the order of the keys they share: no circle.
 */
import {
  completedWith,
  describe,
  failedWith,
  idle,
  park,
  refusal,
  type SignalSource,
  touch,
  Waiter,
} from "@conc/internal";
import { Hold, type HoldOwner } from "./hold.ts";
import type { Held } from "./locker.ts";
import { Permits } from "./permits.ts";
import { Primitive } from "./primitive.ts";
import { print } from "./print.ts";
import { runHeld } from "./run-held.ts";

/**
 * A mutex for each key: what has different keys goes on side by side. A key that nobody uses costs nothing.
 *
 * Keys are told apart as those of a Map are: objects by identity.
 *
 * Go has none; there it is a map of mutexes behind a mutex, and a worry about when to delete from it.
 *
 * @example
 * ```ts
 * import { KeyedMutex } from "@conc/sync";
 *
 * const accounts = new KeyedMutex<string>();
 * const balance = new Map([["ann", 10], ["bob", 10]]);
 *
 * async function transfer(from: string, to: string, amount: number) {
 *   using _ = await accounts.lockAll([from, to]); // the other way round at the same time: no deadlock
 *   balance.set(from, (balance.get(from) ?? 0) - amount);
 *   balance.set(to, (balance.get(to) ?? 0) + amount);
 * }
 *
 * await Promise.all([transfer("ann", "bob", 3), transfer("bob", "ann", 5)]);
 * console.log(balance.get("ann"), balance.get("bob")); // => 12 8
 * console.log(accounts.size); // => 0
 * ```
 */
export class KeyedMutex<K> extends Primitive {
  readonly #locks = new Map<K, KeyLock<K>>();
  #created = 0;

  /** How many keys are in use. */
  get size(): number {
    return this.#locks.size;
  }

  /** Whether somebody holds the lock of `key`. */
  locked(key: K): boolean {
    return this.#locks.get(key)?.locked ?? false;
  }

  /** How many calls wait for the lock of `key`. */
  waiting(key: K): number {
    return this.#locks.get(key)?.line.size ?? 0;
  }

  /**
   * Takes the lock of `key`.
   *
   * Blocks: while somebody holds it.
   * Cancel: rejects with the source's reason, and the lock was not taken.
   * Order: first come, first served, key by key.
   */
  lock(key: K, cancel?: SignalSource): Promise<Held> {
    return refusal(cancel) ?? this.#lockOf(key).take(1, cancel);
  }

  /** Takes the lock of `key` if it is free; `undefined` if it is not. Never waits. */
  tryLock(key: K): Held | undefined {
    return this.#lockOf(key).tryTake("tryLock", 1);
  }

  /**
   * Takes the locks of all `keys`, and gives one `Held` for them. A key that is given twice is taken once; no keys, no wait.
   *
   * All calls take their keys in one order, whatever the order they are given in: [a, b] against [b, a] can not deadlock. A
   * `lockAll` inside what another lock of this object guards still can.
   *
   * Blocks: while any of the keys is held. The keys it has already are held meanwhile.
   * Cancel: rejects with the source's reason, and no lock was taken.
   * Order: first come, first served, key by key.
   *
   * @throws (rejects with) TypeError if `keys` can not be iterated
   */
  lockAll(keys: Iterable<K>, cancel?: SignalSource): Promise<Held> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    let distinct: Set<K>;
    try {
      distinct = new Set(keys);
    } catch (error) {
      return failedWith(error);
    }
    // Asked again: what gives the keys may have cancelled.
    return refusal(cancel) ?? this.#lockAll(distinct, cancel);
  }

  /**
   * Runs `fn` with the lock of `key` held, and gives what it returns. The lock is freed when `fn` has ended, in whatever way.
   *
   * `fn` runs in the async context of this call, however long it queued.
   *
   * Blocks, Cancel, Order: as {@link lock}.
   *
   * @throws (rejects with) what `fn` throws; TypeError if it is not a function
   */
  runExclusive<R>(key: K, fn: () => R, cancel?: SignalSource): Promise<Awaited<R>> {
    return runHeld(fn, cancel, () => this.#lockOf(key).take(1, cancel));
  }

  /** For example `KeyedMutex(2 keys, 3 waiting)`. */
  toString(): string {
    let waiting = 0;
    for (const { line } of this.#locks.values()) waiting += line.size;
    return print("KeyedMutex", this.name, this.size === 1 ? "1 key" : `${this.size} keys`, waiting);
  }

  /** @internal */
  get [idle](): boolean {
    return this.size === 0;
  }

  #lockAll(keys: Set<K>, cancel: SignalSource | undefined): Promise<Held> {
    const locks = Array.from(keys, (key) => this.#lockOf(key));
    const call = new LockAll(locks.sort((a, b) => b.order - a.order));
    const held = call.takeWhatIsFree();
    return held === undefined ? park(call, cancel) : completedWith(held);
  }

  // The caller takes the lock, waits for it or pins it in this same step.
  #lockOf(key: K): KeyLock<K> {
    let lock = this.#locks.get(key);
    if (lock === undefined) {
      lock = new KeyLock(key, this.#created++, this.#locks, this.name);
      this.#locks.set(key, lock);
    }
    return lock;
  }
}

/** The lock of one key. */
class KeyLock<K> extends Permits {
  /** The key's place in the order in which every lockAll takes its keys. */
  readonly order: number;
  /** How many pending lockAlls are going to take it. */
  pins = 0;
  readonly #key: K;
  readonly #locks: Map<K, KeyLock<K>>;
  readonly #name: string | undefined;

  constructor(key: K, order: number, locks: Map<K, KeyLock<K>>, name: string | undefined) {
    super("lock", 1);
    this.order = order;
    this.#key = key;
    this.#locks = locks;
    this.#name = name;
  }

  get locked(): boolean {
    touch(this, "read");
    return this.used > 0;
  }

  override serve(weight: number): void {
    super.serve(weight);
    if (this.used + this.pins === 0) this.#locks.delete(this.#key);
  }

  /** For reports: it is what its waiters wait for. */
  override toString(): string {
    const state = this.locked ? "locked" : "unlocked";
    return print("KeyedMutex", this.#name, `key ${describe(this.#key)}, ${state}`, this.line.size);
  }
}

/** One lockAll: a waiter that goes from lock to lock, and in the end the owner of its hold. */
class LockAll extends Waiter implements HoldOwner {
  /** Those that it has not taken, the next one last; it has a pin on each. */
  readonly #wanted: KeyLock<unknown>[];
  readonly #taken: Held[] = [];

  constructor(wanted: KeyLock<unknown>[]) {
    super(1);
    this.#wanted = wanted;
    for (const lock of wanted) lock.pins++;
  }

  /** Takes locks until one is not free, and stands in line for that. Gives the hold of all of them if it has them. */
  takeWhatIsFree(): Held | undefined {
    while (this.#wanted.length > 0) {
      const next = this.#wanted.at(-1) as KeyLock<unknown>;
      const held = next.tryTake("lock", 1);
      if (held === undefined) {
        next.line.push(this);
        return undefined;
      }
      this.#take(held);
    }
    return new Hold(this, 1);
  }

  /** The lock it stood in line for has been handed over. */
  override settle(held: unknown): void {
    this.#take(held as Held);
    const all = this.takeWhatIsFree();
    if (all !== undefined) super.settle(all);
  }

  override fail(reason: unknown): void {
    super.fail(reason);
    // What it gives back may end the next call in line, which the same source cancels and which has locks to give back as well. They do so
    // one after the other, not one inside the other: the chain may be longer than the stack is deep.
    if (leaving.push(this) > 1) return;
    for (const call of leaving) call.#leave();
    leaving.length = 0;
  }

  override onCancel(reason: unknown): void {
    this.list?.remove(this);
    this.fail(reason);
  }

  /** Gives back what it has, the latest first. A second time there is nothing left in it. */
  release(): void {
    for (const held of this.#taken.reverse()) held.unlock();
  }

  #take(held: Held): void {
    this.#taken.push(held);
    (this.#wanted.pop() as KeyLock<unknown>).pins--;
  }

  #leave(): void {
    for (const lock of this.#wanted) {
      lock.pins--;
      lock.serve(0);
    }
    this.release();
  }
}

// The cancelled calls that are giving back what they have.
const leaving: LockAll[] = [];
