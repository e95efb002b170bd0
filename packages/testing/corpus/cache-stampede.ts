import { onceValue } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, check, type Program } from "./program.ts";

async function program(makeGet: (load: () => Promise<string>) => () => Promise<string>): Promise<void> {
  let loads = 0;
  const get = makeGet(async () => {
    loads++;
    await interleave();
    return "page";
  });
  await all(get, get, get);
  check(loads === 1, `loaded ${loads} times`);
}

/** All who miss the cache load. */
export const cacheStampede: Program = {
  name: "cache stampede",
  kind: "error",
  buggy: () => {
    const cache = new Map<string, string>();
    return program((load) => async () => {
      const hit = cache.get("/");
      if (hit !== undefined) return hit;
      const page = await load();
      cache.set("/", page);
      return page;
    });
  },
  correct: () => {
    const cache = new Map<string, () => Promise<string>>();
    return program((load) => () => {
      const entry = cache.get("/") ?? onceValue(load);
      cache.set("/", entry);
      return entry();
    });
  },
};
