import type { Connect, GetDatabase } from "./database.ts";
import { doubleCheck } from "./strategies/double-check.ts";
import { mutex } from "./strategies/mutex.ts";
import { naive } from "./strategies/naive.ts";
import { once } from "./strategies/once.ts";
import { onceRetry } from "./strategies/once-retry.ts";

export interface Strategy {
  readonly name: "naive" | "mutex" | "double-check" | "once" | "once-retry";
  /** How it goes about it, in one line. */
  readonly summary: string;
  readonly open: (connect: Connect) => GetDatabase;
  /** Whether the demo lets the first connect fail, to show what the next caller gets. */
  readonly firstFails: boolean;
}

/** The five, in the order in which one would come to them. */
export const strategies: readonly Strategy[] = [
  { name: "naive", summary: "check, await connect, assign", open: naive, firstFails: false },
  { name: "mutex", summary: "check, connect and assign under a lock", open: mutex, firstFails: false },
  { name: "double-check", summary: "the lock only inside the check", open: doubleCheck, firstFails: false },
  { name: "once", summary: "onceValue(connect)", open: once, firstFails: false },
  { name: "once-retry", summary: "onceValue(connect, { retry: true })", open: onceRetry, firstFails: true },
];
