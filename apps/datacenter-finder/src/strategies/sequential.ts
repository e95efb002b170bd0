import { Gathered } from "./gathered.ts";
import type { Strategy } from "./strategy.ts";

/** One after another: takes as long as all of them together. */
export const sequential: Strategy = async (ctx, resource, finders) => {
  const gathered = new Gathered(ctx);
  for (const finder of finders) {
    await gathered.add(finder, finder.find(ctx, resource));
    if (ctx.err !== undefined) break;
  }
  return gathered.answers;
};
