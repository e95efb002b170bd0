import { Semaphore, WaitGroup } from "@conc/sync";
import { Gathered } from "./gathered.ts";
import type { Strategy } from "./strategy.ts";

/** All of them, but never more weight than `capacity` at a time. A heavy one is not overtaken by light ones. */
export const wsemaphore: Strategy = async (ctx, resource, finders, { capacity }) => {
  const gathered = new Gathered(ctx);
  const sem = new Semaphore(capacity);
  const wg = new WaitGroup();
  for (const finder of finders) {
    wg.go(() =>
      gathered.add(
        finder,
        sem.run(() => finder.find(ctx, resource), finder.weight, ctx),
      ),
    );
  }
  await wg.wait(ctx);
  return gathered.answers;
};
