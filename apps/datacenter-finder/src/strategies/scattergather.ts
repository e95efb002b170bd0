import { scatterGather } from "@conc/patterns";
import type { Strategy } from "./strategy.ts";
import { Gathered } from "./gathered.ts";

/** All at once, and every answer is there as soon as it arrives. */
export const scattergather: Strategy = async (ctx, resource, finders) => {
  const gathered = new Gathered(ctx);
  const results = scatterGather(ctx, finders, (ctx, finder) => finder.find(ctx, resource));
  for await (const result of results) {
    gathered.push(result);
  }
  return gathered.answers;
};
