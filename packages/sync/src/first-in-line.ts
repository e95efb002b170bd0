import type { Waiter, WaitList } from "@conc/internal";

/**
 * The first in `list` that can be served. One cancel may reach many in line, one after the other: when the first of them leaves, and the
 * queue is served for that reason, its turn must not go to one whose cancel has happened and is only yet to be told. It is told here.
 */
export function firstInLine(list: WaitList): Waiter | null {
  for (let first = list.first; first !== null; first = list.first) {
    const source = first.subscription?.source;
    if (source === undefined || !source.cancelled) return first;
    // Not by its onCancel: that would serve the queue once more, inside this call.
    list.remove(first);
    first.fail(source.reason);
  }
  return null;
}
