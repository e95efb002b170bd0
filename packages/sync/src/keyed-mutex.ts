/*
 * Invariants, between any two calls:
 * K1 a key is in #locks exactly while its lock is held or a pending lockAll is going to take it (a pin)
 * K2 while a key is in #locks its place in the order does not change. A lockAll pins all its keys at once and takes them in that
 *    order. Those that wait for each other are all pending, so they agree on the order of the keys they share: no circle.
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
  Waiter,
} from "@conc/internal";
import { Hold, release } from "./hold.ts";
import { resume } from "./lender.ts";
import type { Held } from "./locker.ts";
import { Mutex } from "./mutex.ts";
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
export class KeyedMutex<K> {
  /** What reports call it. */
  readonly name: string | undefined;
  readonly #locks = new Map<K, KeyLock>();
  #created = 0;

  constructor(options: { readonly name?: string } = {}) {
    this.name = options.name;
  }

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
    return this.#locks.get(key)?.waiting ?? 0;
  }

  /**
   * Takes the lock of `key`.
   *
   * Blocks: while somebody holds it.
   * Cancel: rejects with the source's reason, and the lock was not taken.
   * Order: first come, first served, key by key.
   */
  lock(key: K, cancel?: SignalSource): Promise<Held> {
    return refusal(cancel) ?? this.#lockOf(key).lock(cancel);
  }

  /** Takes the lock of `key` if it is free; `undefined` if it is not. Never waits. */
  tryLock(key: K): Held | undefined {
    return this.#lockOf(key).tryLock();
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
    const locks = Array.from(distinct, (key) => this.#lockOf(key));
    locks.sort((a, b) => a.order - b.order);
    const call = new LockAllCall(locks);
    if (call.takeWhatIsFree()) return completedWith(call.held);
    return park(call, cancel);
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
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      checkFunction("fn", fn);
    } catch (error) {
      return failedWith(error);
    }
    return this.lock(key, cancel).then((held) => runHeld(held, fn));
  }

  /** For example `KeyedMutex(2 keys, 3 waiting)`. */
  toString(): string {
    let waiting = 0;
    for (const lock of this.#locks.values()) waiting += lock.waiting;
    const keys = this.size === 1 ? "1 key" : `${this.size} keys`;
    return print("KeyedMutex", this.name, [keys, waiting > 0 && `${waiting} waiting`]);
  }

  [inspect](): string {
    return this.toString();
  }

  /** @internal */
  get [idle](): boolean {
    return this.size === 0;
  }

  // The caller takes the lock, waits for it or pins it in this same step.
  #lockOf(key: K): KeyLock {
    let lock = this.#locks.get(key);
    if (lock === undefined) {
      lock = new KeyLock(this.#created++, this.name, () => this.#locks.delete(key));
      this.#locks.set(key, lock);
    }
    return lock;
  }
}

/** The lock of one key. */
class KeyLock extends Mutex {
  /** The key's place in the order in which every lockAll takes its keys. */
  readonly order: number;
  readonly #onIdle: () => void;
  #pins = 0;

  constructor(order: number, name: string | undefined, onIdle: () => void) {
    super(name === undefined ? {} : { name });
    this.order = order;
    this.#onIdle = onIdle;
  }

  /** Keeps the key in its place until the lock has been taken or is no longer wanted. */
  pin(): void {
    this.#pins++;
  }

  unpin(): void {
    this.#pins--;
    this.#leaveIfIdle();
  }

  override [release](hold: Hold): void {
    super[release](hold);
    this.#leaveIfIdle();
  }

  #leaveIfIdle(): void {
    if (!this.locked && this.#pins === 0) this.#onIdle();
  }
}

/** One lockAll: a waiter that goes from lock to lock. */
class LockAllCall extends Waiter {
  readonly #locks: readonly KeyLock[];
  readonly #taken: Held[] = [];
  /** All of the locks, in one. */
  readonly held: Held = new Hold({ [release]: () => this.#giveBack() });

  constructor(locks: readonly KeyLock[]) {
    super();
    this.#locks = locks;
    for (const lock of locks) lock.pin();
  }

  /** Takes locks until one is not free, and stands in line for that. True when it has all. */
  takeWhatIsFree(): boolean {
    for (let at = this.#taken.length; at < this.#locks.length; at++) {
      const lock = this.#locks[at] as KeyLock;
      const held = lock.tryLock();
      if (held === undefined) {
        this.value = new Hold(lock);
        lock[resume](this);
        return false;
      }
      this.#take(lock, held);
    }
    return true;
  }

  /** The lock it stood in line for has been handed over. */
  override settle(hold: unknown): void {
    this.#take(this.#locks[this.#taken.length] as KeyLock, hold as Hold);
    if (this.takeWhatIsFree()) super.settle(this.held);
  }

  override fail(reason: unknown): void {
    super.fail(reason);
    for (const lock of this.#locks.slice(this.#taken.length)) lock.unpin();
    giveBackInTurn(() => this.#giveBack());
  }

  override onCancel(reason: unknown): void {
    this.list?.remove(this);
    this.fail(reason);
  }

  #take(lock: KeyLock, held: Held): void {
    this.#taken.push(held);
    lock.unpin();
  }

  #giveBack(): void {
    for (let held = this.#taken.pop(); held !== undefined; held = this.#taken.pop()) held.unlock();
  }
}

// What a cancelled call gives back may end the next call in line, which the same source cancels and which has locks to give back as
// well. They do so one after the other, not one inside the other: the chain may be longer than the stack is deep.
let inTurn: (() => void)[] | undefined;

function giveBackInTurn(giveBack: () => void): void {
  if (inTurn !== undefined) {
    inTurn.push(giveBack);
    return;
  }
  inTurn = [giveBack];
  for (let i = 0; i < inTurn.length; i++) inTurn[i]?.();
  inTurn = undefined;
}
