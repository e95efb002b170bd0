import { Chan } from "@conc/chan";
import { background, withCancel } from "@conc/context";
import { go } from "@conc/sync";
import type { Program } from "./program.ts";

/** The consumer has enough and leaves; the producer waits for it for ever. */
export const leakedProducer: Program = {
  name: "leaked producer after an early break",
  kind: "leak",
  buggy: async () => {
    const numbers = new Chan<number>();
    void go(async function producer() {
      for (let n = 0; n < 3; n++) await numbers.send(n);
      numbers.close();
    });
    for await (const n of numbers) if (n === 1) break;
  },
  correct: async () => {
    const ctx = withCancel(background());
    const numbers = new Chan<number>();
    const producer = go(async function producer() {
      for (let n = 0; n < 3; n++) await numbers.send(n, ctx);
      numbers.close();
    });
    for await (const n of numbers) if (n === 1) break;
    ctx.cancel();
    await producer.catch((error: unknown) => {
      if (error !== ctx.err) throw error;
    });
  },
};
