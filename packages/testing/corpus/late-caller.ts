import { sleep } from "@conc/chan";
import { Once } from "@conc/sync";
import { all, check, type Program } from "./program.ts";

async function program(makeGet: (connect: () => Promise<void>) => () => Promise<void>): Promise<void> {
  let connects = 0;
  const get = makeGet(async () => {
    connects++;
    await sleep(50);
  });
  await all(get, async () => {
    await sleep(20);
    await get();
  });
  check(connects === 1, `connected ${connects} times`);
}

/** The lazy singleton, with callers 20 ms apart. */
export const lateCaller: Program = {
  name: "singleton: callers 20 ms apart",
  kind: "error",
  buggy: () =>
    program((connect) => {
      let connected = false;
      return async () => {
        if (connected) return;
        await connect();
        connected = true;
      };
    }),
  correct: () =>
    program((connect) => {
      const once = new Once();
      return () => once.do(connect);
    }),
};
