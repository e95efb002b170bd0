import { asyncDispose, dispose, type Waiter } from "@conc/internal";
import type { Held } from "./locker.ts";

/** What a {@link Hold} is of. */
export interface HoldOwner {
  /** Takes back what the hold has. */
  release(hold: Hold): void;
}

/**
 * The {@link Held} of every primitive of this package. One is made for each acquisition: so it is one class for all and has no base,
 * which would cost more than the fields that not all of them need.
 */
export class Hold implements Held {
  readonly #owner: HoldOwner;
  /** What it holds: less when a bare release has taken a part of it, 0 when it is spent. Only its owner writes it. */
  weight: number;
  /** Whether its caller has it in hand: a bare release spends no other. */
  readonly inHand: boolean;
  /** The wait of a Cond that has given back what it holds, and will bring it back. */
  lentTo: Waiter | null = null;
  /** Its neighbours among the holds in hand. */
  older: Hold | null = null;
  newer: Hold | null = null;

  constructor(owner: HoldOwner, weight: number, inHand: boolean) {
    this.#owner = owner;
    this.weight = weight;
    this.inHand = inHand;
  }

  unlock(): void {
    if (this.weight > 0) this.#owner.release(this);
  }

  [dispose](): void {
    this.unlock();
  }

  async [asyncDispose](): Promise<void> {
    this.unlock();
  }
}
