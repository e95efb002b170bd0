import { describe, expect, it } from "vitest";
import { Pump } from "../src/pump.ts";

describe("the pump", () => {
  it("calls with an empty microtask queue, however long the last call's chain was", async () => {
    const log: string[] = [];
    await new Promise<void>((resolve) => {
      const pump = new Pump();
      let calls = 0;
      pump.slot = (last) => {
        if (last) return;
        log.push(`call ${++calls}`);
        if (calls === 3) {
          pump.stop();
          resolve();
          return;
        }
        void (async () => {
          for (let i = 0; i < 1000; i++) await null;
          log.push("end of the chain");
        })();
      };
    });
    expect(log).toEqual(["call 1", "end of the chain", "call 2", "end of the chain", "call 3"]);
  });

  it("lets the platform's timers and I/O have their turn after a call that it says is the last", async () => {
    const log: string[] = [];
    await new Promise<void>((resolve) => {
      const pump = new Pump();
      pump.slot = (last) => {
        if (log.length === 0) setTimeout(() => log.push("timer"), 0);
        if (log.at(-1) !== (last ? "last" : "call")) log.push(last ? "last" : "call");
        if (log.filter((entry) => entry === "last").length < 20 || !log.includes("timer")) return;
        pump.stop();
        resolve();
      };
    });
    expect(log[log.indexOf("timer") - 1]).toBe("last");
  });

  it("pauses until about a millisecond has gone by, and then goes on", async () => {
    const begin = performance.now();
    const pauses = await new Promise<number>((resolve) => {
      const pump = new Pump();
      let paused = 0;
      pump.slot = (last) => {
        if (last) return;
        if (paused === 5) {
          pump.stop();
          resolve(paused);
          return;
        }
        paused++;
        pump.pause();
      };
    });
    expect(pauses).toBe(5);
    expect(performance.now() - begin).toBeGreaterThan(4);
  });
});
