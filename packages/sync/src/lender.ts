import type { Waiter } from "@conc/internal";
import type { Hold } from "./hold.ts";

/** Frees the lock and leaves the current hold unspent, to come back under it. Throws MisuseError when nothing is held. @internal */
export const suspend: unique symbol = Symbol.for("@conc/sync.suspend") as never;

/**
 * Takes the lock for a waiter that brings its hold as its `value`, and settles it with that: now, if the lock is free, else in its
 * turn. @internal
 */
export const resume: unique symbol = Symbol.for("@conc/sync.resume") as never;

/** A lock that a Cond can free for the time of a wait, and take back in the same step in which the wait ends. */
export interface Lender {
  [suspend](): Hold | undefined;
  [resume](waiter: Waiter): void;
}
