import { asyncDispose, dispose, type Waiter } from "@conc/internal";
import type { Held } from "./locker.ts";

/** What a {@link Hold} is of. */
export interface HoldOwner {
  /** Takes back what the hold has. */
  release(hold: Hold): void;
}

/**
 * The {@link Held} of every primitive of this package. One is made for each acquisition: so it is one class for all and has no base,
 * which would cost more than the field that not all of them need.
 */
export class Hold implements Held {
  readonly #owner: HoldOwner;
  /** What it holds: less when a bare release has taken a part of it, 0 when it is spent. Only its owner writes it. */
  weight: number;
  /** The wait of a Cond that has given back what it holds, and will bring it back. */
  lentTo: Waiter | null = null;

  constructor(owner: HoldOwner, weight: number) {
    this.#owner = owner;
    this.weight = weight;
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
