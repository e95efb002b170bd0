import { Semaphore, WaitGroup } from "@conc/sync";
import { Gathered } from "./gathered.ts";
import type { Strategy } from "./strategy.ts";

/** All of them, but never more than `limit` at a time. */
export const semaphore: Strategy = async (ctx, resource, finders, { limit }) => {
  const gathered = new Gathered(ctx);
  const sem = new Semaphore(limit);
  const wg = new WaitGroup();
  for (const finder of finders) {
    wg.go(() =>
      gathered.add(
        finder,
        sem.run(() => finder.find(ctx, resource), 1, ctx),
      ),
    );
  }
  await wg.wait(ctx);
  return gathered.answers;
};
