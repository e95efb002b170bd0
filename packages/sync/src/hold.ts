import { asyncDispose, completed, dispose, failedWith } from "@conc/internal";
import type { Held } from "./locker.ts";

/** A holder gives back what it has. Called at most once for each {@link Hold}, unless it throws. @internal */
export const release: unique symbol = Symbol("@conc/sync.release");

/** What a {@link Hold} is of: a lock, a semaphore. */
export interface HoldOwner<H extends Hold = Hold> {
  [release](hold: H): void;
}

/**
 * The {@link Held} of every primitive of this package.
 *
 * Invariant: #owner is set until the hold has been given back, and `null` from then on. So a stale hold reaches nothing.
 */
export class Hold implements Held {
  #owner: HoldOwner | null;

  constructor(owner: HoldOwner) {
    this.#owner = owner;
  }

  unlock(): void {
    if (this.#owner === null) return;
    this.#owner[release](this);
    this.#owner = null;
  }

  [dispose](): void {
    this.unlock();
  }

  [asyncDispose](): Promise<void> {
    try {
      this.unlock();
      return completed();
    } catch (error) {
      return failedWith(error);
    }
  }
}
