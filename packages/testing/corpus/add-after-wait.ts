import { go, WaitGroup } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { check, type Program } from "./program.ts";

async function program(addIn: "the task" | "the caller"): Promise<void> {
  const wg = new WaitGroup();
  let ended = 0;
  const tasks = [1, 2].map(() => {
    if (addIn === "the caller") wg.add();
    return go(async () => {
      if (addIn === "the task") wg.add();
      await interleave();
      ended++;
      wg.done();
    });
  });
  await wg.wait();
  check(ended === tasks.length, `waited for ${ended} of ${tasks.length} tasks`);
}

/** The counter goes up inside the task: a wait that comes before it waits for nobody. */
export const addAfterWait: Program = {
  name: "WaitGroup: add after wait",
  kind: "error",
  buggy: () => program("the task"),
  correct: () => program("the caller"),
};
