import { never } from "@conc/chan";
import { background, withCancel } from "@conc/context";
import { interleave } from "../src/index.ts";
import { all, check, type Program } from "./program.ts";

async function program(keep: "the last" | "the first"): Promise<void> {
  const ctx = withCancel(background());
  let failure: unknown;
  const run = async (fn: () => Promise<unknown>): Promise<void> => {
    try {
      await fn();
    } catch (error) {
      if (keep === "the last" || failure === undefined) failure = error;
      ctx.cancel();
    }
  };
  const real = new Error("disk full");
  await all(
    () =>
      run(async () => {
        await interleave();
        throw real;
      }),
    () => run(() => never.recv(ctx)),
  );
  check(failure === real, `reported ${String(failure)}`);
}

/** A group whose first error cancels the others, and that then reports the cancellation. */
export const followUpError: Program = {
  name: "errgroup reports the follow-up error",
  kind: "error",
  buggy: () => program("the last"),
  correct: () => program("the first"),
};
