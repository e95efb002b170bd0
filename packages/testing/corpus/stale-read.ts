import { RWMutex } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, check, type Program } from "./program.ts";

const pages = 18;

async function program(rw: { read: Guard; write: Guard }): Promise<void> {
  let value = 1;
  let updating = false;
  let copy: number | undefined;
  const update = (): Promise<void> =>
    rw.write(async () => {
      updating = true;
      await interleave();
      value = 2;
      updating = false;
    });
  // While an update is on its way, readers make themselves a copy, page by page.
  const read = (): Promise<void> =>
    rw.read(async () => {
      if (!updating) return;
      const old = value;
      for (let page = 0; page < pages; page++) await interleave();
      if (updating) copy = old;
    });
  await all(update, read);
  check(copy === undefined || copy === value, `a stale copy: ${copy}`);
}

type Guard = (fn: () => Promise<void>) => Promise<void>;

/** All 18 steps of the reader have to fall between two steps of the writer. */
export const staleRead: Program = {
  name: "stale read over 18 steps",
  kind: "error",
  buggy: () => program({ read: (fn) => fn(), write: (fn) => fn() }),
  correct: () => {
    const rw = new RWMutex();
    return program({ read: (fn) => rw.runShared(fn), write: (fn) => rw.runExclusive(fn) });
  },
};
