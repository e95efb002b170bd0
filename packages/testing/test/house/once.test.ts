import { background, withCancel } from "@conc/context";
import { Once, onceValue, WaitGroup } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { interleave } from "../../src/index.ts";
import { endedBy, exploreHouse } from "../support/explore-house.ts";

describe("a once, in every order of events", { timeout: 600_000 }, () => {
  it("runs once, and nobody goes on before the run has ended", () =>
    exploreHouse(async () => {
      const once = new Once();
      const ctx = withCancel(background());
      let runs = 0;
      let ended = false;
      const wg = new WaitGroup();
      for (let i = 0; i < 4; i++) {
        wg.go(async () => {
          const run = async () => {
            runs++;
            await interleave();
            ended = true;
          };
          if (i === 3) await once.do(run, ctx).catch(endedBy(ctx));
          else await once.do(run);
          expect(ended || (i === 3 && ctx.err !== undefined)).toBe(true);
        });
      }
      wg.go(() => ctx.cancel());
      await wg.wait();
      expect([runs, once.done, once.waiting]).toEqual([1, true, 0]);
    }));

  it("with retry runs again after a failure, one run at a time, until one succeeds", () =>
    exploreHouse(async () => {
      let runs = 0;
      let running = 0;
      const get = onceValue(
        async () => {
          expect(++running).toBe(1);
          const run = ++runs;
          await interleave();
          running--;
          if (run === 1) throw new Error("not yet");
          return run;
        },
        { retry: true },
      );
      const wg = new WaitGroup();
      for (let i = 0; i < 3; i++) {
        wg.go(async () => {
          const value = await get().catch(() => get());
          expect(value).toBe(2);
        });
      }
      await wg.wait();
      expect(runs).toBe(2);
    }));
});
