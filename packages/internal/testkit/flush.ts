import { setImmediate } from "node:timers/promises";

/**
 * Lets every promise that can settle do so, and the reactions to it, and theirs: twice round the event loop, since a call that has
 * used up its turn resolves in the next round only.
 */
export async function flush(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
