import { sleep, Ticker } from "@conc/chan";
import { go } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { advance, virtualTime } from "../src/index.ts";

describe("advance", () => {
  it("lets everything happen that falls due on the way, and nothing later", () =>
    virtualTime(async () => {
      let ticks = 0;
      const ticker = new Ticker(10);
      const task = go(async () => {
        for (; ticks < 5; ticks++) await ticker.c.recv();
      });
      await advance(30);
      expect(ticks).toBe(3);
      await advance(9);
      expect(ticks).toBe(3);
      await advance(1);
      expect(ticks).toBe(4);
      await task;
    }));

  it("waits for what the last timers set going", () =>
    virtualTime(async () => {
      const log: string[] = [];
      void go(async () => {
        await sleep(10);
        for (let i = 0; i < 20; i++) await go(() => {});
        log.push("done");
      });
      await advance(10);
      expect(log).toEqual(["done"]);
    }));

  it("rejects outside of virtual time, and what is no duration", async () => {
    await expect(advance(1)).rejects.toThrow("there is no virtual time here");
    await virtualTime(() => expect(advance(Number.NaN)).rejects.toThrow(RangeError));
  });
});
