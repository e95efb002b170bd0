import type { Context } from "@conc/context";
import { hedged as hedge } from "@conc/patterns";
import type { Finder } from "../finder.ts";
import { HedgeBudget } from "./hedge-budget.ts";
import { nobodyHasIt } from "./nobody-has-it.ts";
import { type Strategy, unpaid } from "./strategy.ts";

/** One at first, the next only when the answer is late, a failure, or that it is not there: the first who has it wins. */
export const hedged: Strategy = async (ctx, resource, finders, { hedgeDelay }, hedging = unpaid) => {
  const budget = new HedgeBudget(hedging.budget);
  const ask = (ctx: Context, finder: Finder) => budget.attempt(() => finder.find(ctx, resource));
  const winner = await hedge(ctx, finders, ask, {
    delay: hedgeDelay,
    accept: (found) => found,
    budget,
    observe: hedging.observe,
  }).catch(nobodyHasIt(finders));
  return winner === undefined ? [] : [{ datacenter: winner.target.name, found: true }];
};
