/*
 * Invariants, between any two calls:
 * P1 `used` is the sum of the weights of all holds that are out and not lent; it is over `capacity` only after a resize below it
 * P2 the first in line does not fit: whoever gives back serves the line in the same step, and stops at the first that has to wait
 * P3 #latest and, from it along `older`, are the holds that callers have in hand, the latest grant first, and some that are spent; one
 *    that is lent is not among them, nor is one of a `run`
 */
import { completedWith, refusal, type SignalSource, touch, type Waiter, WaitList } from "@conc/internal";
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
  #latest: Hold | null = null;

  /** @param owner whose permits they are, for reports; by default their own */
  constructor(operation: string, capacity: number, owner?: object) {
    this.line = new WaitList(owner ?? this, operation, () => this.serve(0));
    this.capacity = capacity;
  }

  /** Takes `weight`, or waits for it. What is not in hand, no bare release spends. */
  take(weight: number, cancel: SignalSource | undefined, inHand = true): Promise<Held> {
    const refused = cancel === undefined ? undefined : refusal(cancel);
    if (refused !== undefined) return refused;
    const line = this.lineFor(weight);
    touch(line.owner, line.operation);
    if (this.#isOpen(weight)) {
      const hold = new Hold(this, weight);
      if (inHand) this.#putInHand(hold);
      // By a look at one of its fields, and here, the engine knows what it wraps in a promise, and spares its search for a `then`: it is
      // a quarter of an uncontended lock and unlock.
      this.used += hold.weight;
      return completedWith(hold);
    }
    // A hold that is nothing special costs nothing until it is granted.
    return line.wait(cancel, inHand ? weight : new Hold(this, weight));
  }

  /** Takes `weight` if that needs no waiting. `operation` is what the caller calls it. */
  tryTake(operation: string, weight: number): Hold | undefined {
    touch(this.line.owner, operation);
    return this.#isOpen(weight) ? this.grant(weight) : undefined;
  }

  /** Gives the caller, who has seen that it may, a hold in hand. */
  grant(weight: number): Hold {
    const hold = new Hold(this, weight);
    this.#putInHand(hold);
    this.used += weight;
    return hold;
  }

  release(hold: Hold): void {
    const { weight } = hold;
    touch(this.line.owner, "unlock");
    if (weight < 0) throw new MisuseError("sync: unlock while a Cond.wait has the lock");
    hold.weight = 0;
    this.used -= weight;
    this.serve(weight);
  }

  /** The latest of the holds in hand. */
  get latest(): Hold | null {
    this.#latest = unspent(this.#latest);
    return this.#latest;
  }

  /** Takes back what the latest hold has, for `waiter` to bring: it stands in line with it when what is returned is called. */
  lend(waiter: Waiter): () => void {
    const hold = this.latest as Hold;
    const { weight } = hold;
    this.lendLatest(hold, waiter);
    this.used -= weight;
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
    return typeof value === "number" ? value : Math.abs((value as Hold).weight);
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

  protected lendLatest(hold: Hold, waiter: Waiter): void {
    this.#latest = hold.older;
    hold.weight = -hold.weight;
    hold.lentTo = waiter;
    waiter.value = hold;
  }

  protected bringBack(hold: Hold): void {
    this.#putInHand(hold);
    hold.weight = -hold.weight;
  }

  #fits(weight: number): boolean {
    return this.used + weight <= this.capacity;
  }

  #isOpen(weight: number): boolean {
    return this.line.size === 0 && this.#fits(weight);
  }

  #admit(waiter: Waiter): void {
    const { value } = waiter;
    if (typeof value === "number") {
      waiter.settle(this.grant(value));
      return;
    }
    const hold = value as Hold;
    // Else it is one of a `run`.
    if (hold.weight < 0) this.bringBack(hold);
    this.used += hold.weight;
    waiter.settle(hold);
  }

  // One that is spent is not taken out but skipped: it would need links both ways, more than all the rest of an unlock. Whoever is put on
  // top drops those between it and the next two, so that the spent ones never add up.
  #putInHand(hold: Hold): void {
    let latest = this.#latest;
    // As a rule it is spent and was the only one. That is asked without a loop, and without `?.`, each of which costs a fifth of a tryLock.
    if (latest !== null && latest.weight === 0) latest = latest.older === null ? null : unspent(latest.older);
    if (latest !== null) latest.older = unspent(latest.older);
    hold.older = latest;
    this.#latest = hold;
  }
}

function unspent(hold: Hold | null): Hold | null {
  let at = hold;
  while (at !== null && at.weight === 0) at = at.older;
  return at;
}
