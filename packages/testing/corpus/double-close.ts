import { Chan } from "@conc/chan";
import { Once } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, type Program } from "./program.ts";

async function program(makeStop: (quit: Chan<never>) => () => Promise<void>): Promise<void> {
  const quit = new Chan<never>();
  const stop = makeStop(quit);
  await all(stop, stop, () => quit.recv());
}

/** Two tasks stop the same thing: both see that it is not stopped yet. */
export const doubleClose: Program = {
  name: "double close",
  kind: "error",
  buggy: () => {
    let stopped = false;
    return program((quit) => async () => {
      if (stopped) return;
      await interleave(); // logs that it stops
      stopped = true;
      quit.close();
    });
  },
  correct: () => {
    const once = new Once();
    return program((quit) => () => once.do(() => quit.close()));
  },
};
