import { redundant as race } from "@conc/patterns";
import { nobodyHasIt } from "./nobody-has-it.ts";
import type { Strategy } from "./strategy.ts";

/** All at once: the first who has it wins, the others are cancelled. */
export const redundant: Strategy = async (ctx, resource, finders) => {
  const winner = await race(ctx, finders, (ctx, finder) => finder.find(ctx, resource), {
    accept: (found) => found,
  }).catch(nobodyHasIt(finders));
  return winner === undefined ? [] : [{ datacenter: winner.target.name, found: true }];
};
