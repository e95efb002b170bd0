/*
 * Invariants, between any two calls:
 * P1 `used` is the sum of the weights of all holds that are out and not lent; it is over `capacity` only after a resize below it
 * P2 the first in line does not fit: whoever gives back serves the line in the same step, and stops at the first that has to wait
 * P3 `latest` and, from it along `older`, are the holds that callers have in hand, the latest grant first; one that is lent is not among
 *    them, nor is one of a `run`
 */
import { completedWith, type SignalSource, touch, type Waiter, WaitList } from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import { Hold, type HoldOwner } from "./hold.ts";
import type { Held } from "./locker.ts";
import { MisuseError } from "./misuse-error.ts";

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

  /** @param owner whose permits they are, for reports; by default their own */
  constructor(operation: string, capacity: number, owner?: object) {
    this.line = new WaitList(owner ?? this, operation, () => this.serve(0));
    this.capacity = capacity;
  }

  /** Takes `weight`, or waits for it. `cancel` has passed `refusal` in this same step. */
  take(weight: number, cancel: SignalSource | undefined, inHand = true): Promise<Held> {
    const line = this.lineFor(weight);
    touch(line.owner, line.operation);
    if (this.#isOpen(weight)) {
      const hold = new Hold(this, weight, inHand);
      if (inHand) this.putInHand(hold);
      // By a look at one of its fields, and here, the engine knows what it wraps in a promise, and spares its search for a `then`: it is
      // a quarter of an uncontended lock and unlock.
      this.used += hold.weight;
      return completedWith(hold);
    }
    // A hold that is nothing special costs nothing until it is granted.
    return line.wait(cancel, inHand ? weight : new Hold(this, weight, false));
  }

  /** Takes `weight` if that needs no waiting. `operation` is what the caller calls it. */
  tryTake(operation: string, weight: number): Hold | undefined {
    touch(this.line.owner, operation);
    return this.#isOpen(weight) ? this.grant(new Hold(this, weight, true)) : undefined;
  }

  /** Counts a hold as out; the caller has seen that it may be. */
  grant(hold: Hold): Hold {
    if (hold.inHand) this.putInHand(hold);
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
    this.serveLine(this.line);
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

  // Not a List, of which only one end would be used: it takes more writes, which is half of a tryLock and unlock.
  protected putInHand(hold: Hold): void {
    const { latest } = this;
    if (latest !== null) {
      hold.older = latest;
      latest.newer = hold;
    }
    this.latest = hold;
  }

  // Does nothing to a hold that is not in hand.
  protected putAway(hold: Hold): void {
    const { older, newer } = hold;
    if (newer !== null) newer.older = older;
    else if (this.latest === hold) this.latest = older;
    if (older !== null) older.newer = newer;
    hold.older = hold.newer = null;
  }

  #fits(weight: number): boolean {
    return this.used + weight <= this.capacity;
  }

  #isOpen(weight: number): boolean {
    return this.line.size === 0 && this.#fits(weight);
  }

  #admit(waiter: Waiter): void {
    const { value } = waiter;
    const hold = typeof value === "number" ? new Hold(this, value, true) : (value as Hold);
    hold.lentTo = null;
    waiter.settle(this.grant(hold));
  }
}
