import type { Waiter } from "@conc/internal";

/**
 * Frees the lock for the time of a Cond's wait and leaves its hold unspent; throws MisuseError when nothing is held. What it gives takes
 * the lock again for `waiter`, in turn and under the same hold, and then settles it. @internal
 */
export const lend: unique symbol = Symbol.for("@conc/sync.lend") as never;

/** A lock that a Cond can free for the time of a wait, and take back in the same step in which the wait ends. */
export interface Lender {
  [lend](waiter: Waiter): () => void;
}
