import { completed } from "@conc/internal";

/**
 * A place in your own code at which another task may go first: put it where your code would await something that is not conc's, such as
 * a query. An exploration then tries what happens in between.
 *
 * Outside of an exploration it resolves at once.
 */
export function interleave(): Promise<void> {
  return completed();
}
