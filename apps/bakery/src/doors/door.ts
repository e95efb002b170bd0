import type { SignalSource } from "@conc/sync";

/** The door of the shop: lets parties in, as many people as there is room for. */
export interface Door {
  /**
   * Waits until the whole party is in, and gives the function by which it leaves.
   *
   * Cancel: rejects with the source's reason, and nobody went in.
   *
   * @throws (rejects with) RangeError, at once, if the party is larger than the shop
   */
  enter(size: number, cancel: SignalSource): Promise<() => void>;
  /** Whether everybody who was let in knows it by now. */
  readonly settled: boolean;
}
