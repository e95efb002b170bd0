import { asyncDispose, dispose, type Waiter } from "@conc/internal";
import type { Held } from "./locker.ts";

/** What a {@link Hold} is of. */
export interface HoldOwner {
  /** Takes back what the hold has. */
  release(hold: Hold): void;
}

/**
 * The {@link Held} of every primitive of this package. One is made for each acquisition: so it is one class for all and has no base,
 * and as few fields as can be.
 */
export class Hold implements Held {
  readonly #owner: HoldOwner;
  /**
   * What it holds: less when a bare release has taken a part of it, 0 when it is spent, and below 0 what a Cond has given back and will
   * take again. Only its owner writes it.
   */
  weight: number;
  /** The one in hand that was granted before it. */
  older: Hold | null = null;
  /** The wait that will bring it back. Few are ever lent, and the others have no room for it. */
  declare lentTo?: Waiter;

  constructor(owner: HoldOwner, weight: number) {
    this.#owner = owner;
    this.weight = weight;
  }

  unlock(): void {
    if (this.weight !== 0) this.#owner.release(this);
  }

  [dispose](): void {
    this.unlock();
  }

  async [asyncDispose](): Promise<void> {
    this.unlock();
  }
}
