import { ErrGroup } from "@conc/patterns";
import type { Answer, Strategy } from "./strategy.ts";

/** All at once, all or nothing: the first failure cancels the others, and is the error. */
export const errgroup: Strategy = async (ctx, resource, finders) => {
  const answers: Answer[] = [];
  const group = new ErrGroup(ctx);
  for (const finder of finders) {
    void group.go(async (ctx) => {
      answers.push({ datacenter: finder.name, found: await finder.find(ctx, resource) });
    });
  }
  await group.wait(ctx);
  return answers;
};
