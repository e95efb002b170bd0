import { Mutex } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, check, type Program } from "./program.ts";

async function counter(guard: (increment: () => Promise<void>) => Promise<void>): Promise<void> {
  let count = 0;
  const increment = async (): Promise<void> => {
    const read = count;
    await interleave();
    count = read + 1;
  };
  await all(
    () => guard(increment),
    () => guard(increment),
  );
  check(count === 2, `lost update: ${count}`);
}

/** Read, await, write. */
export const counterProgram: Program = {
  name: "counter: read, await, write",
  kind: "error",
  buggy: () => counter((increment) => increment()),
  correct: () => {
    const mu = new Mutex();
    return counter((increment) => mu.runExclusive(increment));
  },
};
