import { hedged as hedge } from "@conc/patterns";
import { nobodyHasIt } from "./nobody-has-it.ts";
import type { Strategy } from "./strategy.ts";

/** One at first, the next only when the answer is late, a failure, or that it is not there: the first who has it wins. */
export const hedged: Strategy = async (ctx, resource, finders, { hedgeDelay }) => {
  const winner = await hedge(ctx, finders, (ctx, finder) => finder.find(ctx, resource), {
    delay: hedgeDelay,
    accept: (found) => found,
  }).catch(nobodyHasIt(finders));
  return winner === undefined ? [] : [{ datacenter: winner.target.name, found: true }];
};
