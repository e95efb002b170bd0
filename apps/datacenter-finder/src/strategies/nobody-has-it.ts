import type { Finder } from "../finder.ts";

/** For a race without a winner: some failed and the others said no, so it is a no. If all failed, it is a failure. */
export function nobodyHasIt(finders: readonly Finder[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof AggregateError && error.errors.length < finders.length) return undefined;
    throw error;
  };
}
