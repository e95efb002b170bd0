import { systemClock } from "../src/index.ts";

const round = (): Promise<void> => new Promise((resolve) => systemClock.macrotask(resolve));

/**
 * Lets every promise that can settle do so, and the reactions to it, and theirs: twice round the event loop, since a call that has
 * used up its turn resolves in the next round only. In Node and in browsers.
 */
export async function flush(): Promise<void> {
  await round();
  await round();
}
