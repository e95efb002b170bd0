import type { Waiter, WaitList } from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";

/** Ends the wait of all in `line`, in the order they came. */
export function tellAll(line: WaitList, tell: (waiter: Waiter) => void): void {
  for (let next = firstInLine(line); next !== null; next = firstInLine(line)) {
    line.remove(next);
    tell(next);
  }
}
