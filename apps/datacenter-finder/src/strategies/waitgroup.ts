import { WaitGroup } from "@conc/sync";
import { Gathered } from "./gathered.ts";
import type { Strategy } from "./strategy.ts";

/** All at once, and wait for all: takes as long as the slowest. */
export const waitgroup: Strategy = async (ctx, resource, finders) => {
  const gathered = new Gathered(ctx);
  const wg = new WaitGroup();
  for (const finder of finders) {
    wg.go(() => gathered.add(finder, finder.find(ctx, resource)));
  }
  await wg.wait(ctx);
  return gathered.answers;
};
