/*
 * Invariants, between any two calls:
 * P1 `used` is the sum of the weights of all holds that are out and not lent; it is over `capacity` only after a resize below it
 * P2 the first in line does not fit: whoever gives back serves the line in the same step, and stops at the first that has to wait
 * P3 #older and `latest`, if there is one, are the holds that callers have in hand, in the order they were granted; and in #older are some
 *    that have since been spent. One that is lent is not among them, nor is one of a `run`
 */
import { nextTurn, type SignalSource, touch, turnIsOver, type Waiter, WaitList } from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import { Hold, type HoldOwner } from "./hold.ts";
import type { Held } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";

// So few are not worth a search for spent ones among them.
const handful = 32;

/**
 * A number of permits, the holds that are out, and a line of calls that wait: what every lock of this package is made of. A
 * mutex is the one permit of its own.
 */
export class Permits implements HoldOwner {
  /** Those who wait. A waiter's `value` is the weight that it asks for, or the hold that it is to get. */
  readonly line: WaitList;
  capacity: number;
  used = 0;
  latest: Hold | null = null;
  #older: Hold[] = [];
  // #older is searched for spent ones when it has more.
  #room = handful;

  /** @param owner whose permits they are, for reports; by default their own */
  constructor(operation: string, capacity: number, owner?: object) {
    this.line = new WaitList(owner ?? this, operation, () => this.serve(0));
    this.capacity = capacity;
  }

  /** Takes `weight`, or waits for it. What is not in hand, no bare release spends. `cancel` has passed `refusal` in this same step. */
  take(weight: number, cancel: SignalSource | undefined, inHand = true): Promise<Held> {
    const line = this.lineFor(weight);
    touch(line.owner, line.operation);
    if (this.#isOpen(weight)) {
      const hold = new Hold(this, weight);
      if (inHand) this.putInHand(hold);
      const over = turnIsOver();
      // By a look at one of its fields, and here, the engine knows what it wraps in a promise, and spares its search for a `then`: it is
      // a quarter of an uncontended lock and unlock.
      this.used += hold.weight;
      return over ? nextTurn(hold) : Promise.resolve(hold);
    }
    // A hold that is nothing special costs nothing until it is granted.
    return line.wait(cancel, inHand ? weight : new Hold(this, weight));
  }

  /** Takes `weight` if that needs no waiting. `operation` is what the caller calls it. */
  tryTake(operation: string, weight: number): Hold | undefined {
    touch(this.line.owner, operation);
    return this.#isOpen(weight) ? this.grant(new Hold(this, weight)) : undefined;
  }

  /** Counts a hold as out; the caller has seen that it may be. */
  grant(hold: Hold, inHand = true): Hold {
    if (inHand) this.putInHand(hold);
    this.used += hold.weight;
    return hold;
  }

  release(hold: Hold): void {
    const { weight } = hold;
    touch(this.line.owner, "unlock");
    if (hold.lentTo !== null) throw new MisuseError("sync: unlock while a Cond.wait has the lock");
    this.takeBack(hold, weight);
    this.serve(weight);
  }

  /** Takes `weight` of what the hold has. The caller serves the line. */
  takeBack(hold: Hold, weight: number): void {
    this.used -= weight;
    hold.weight -= weight;
    if (hold.weight === 0) this.putAway(hold);
  }

  /** Whether callers have `weight` of the permits in hand. */
  areInHand(weight: number): boolean {
    let left = weight - (this.latest?.weight ?? 0);
    for (let i = this.#older.length; left > 0 && i > 0; ) left -= (this.#older[--i] as Hold).weight;
    return left <= 0;
  }

  /** Takes back what `hold` has, for `waiter` to bring: it stands in line with it when what is returned is called. */
  lend(hold: Hold, waiter: Waiter): () => void {
    const { weight } = hold;
    this.putAway(hold);
    this.used -= weight;
    hold.lentTo = waiter;
    waiter.value = hold;
    this.serve(weight);
    return () => {
      const line = this.lineFor(weight);
      touch(line.owner, line.operation);
      if (this.#isOpen(weight)) this.#admit(waiter);
      else line.push(waiter);
    };
  }

  /** Grants to those who can go on now that `weight` has come back. */
  serve(_weight: number): void {
    // By itself it is so small that the engine puts it into an unlock that nobody waits for.
    if (this.line.size > 0) this.serveLine(this.line);
  }

  /** What a waiter in line asks for. */
  weightOf({ value }: Waiter): number {
    return typeof value === "number" ? value : (value as Hold).weight;
  }

  /** Where one waits for `weight`. */
  protected lineFor(_weight: number): WaitList {
    return this.line;
  }

  // Grants to the first as long as it fits. It is tempting to look for one further back that does, but then a stream of small
  // requests keeps a large one waiting for ever.
  protected serveLine(line: WaitList): void {
    while (this.used < this.capacity) {
      const next = firstInLine(line);
      if (next === null || !this.#fits(this.weightOf(next))) return;
      line.remove(next);
      this.#admit(next);
    }
  }

  // A list with links both ways would have no spent ones in it, but takes more writes for each hold than all else that a tryLock and
  // unlock do.
  protected putInHand(hold: Hold): void {
    if (this.latest !== null && this.#older.push(this.latest) > this.#room) {
      this.#older = this.#older.filter(({ weight }) => weight > 0);
      this.#room = handful + 2 * this.#older.length;
    }
    this.latest = hold;
  }

  // Does nothing to a hold that is not in hand.
  protected putAway(hold: Hold): void {
    if (this.latest !== hold) return;
    do this.latest = this.#older.pop() ?? null;
    while (this.latest?.weight === 0);
  }

  #fits(weight: number): boolean {
    return this.used + weight <= this.capacity;
  }

  #isOpen(weight: number): boolean {
    return this.line.size === 0 && this.#fits(weight);
  }

  #admit(waiter: Waiter): void {
    const { value } = waiter;
    const hold = typeof value === "number" ? new Hold(this, value) : (value as Hold);
    const inHand = hold !== value || hold.lentTo !== null;
    hold.lentTo = null;
    waiter.settle(this.grant(hold, inHand));
  }
}
