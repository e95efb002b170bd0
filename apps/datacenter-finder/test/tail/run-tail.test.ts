import { background, withCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import type { Finder } from "../../src/finder.ts";
import { delayOf, longTail, longTailFinders } from "../../src/tail/long-tail.ts";
import { runTail } from "../../src/tail/run-tail.ts";
import { forever } from "../support/fleet.ts";

/** Three that answer at once. */
const quick = (asked: () => void): Finder[] =>
  longTail.names.map((name) => ({ name, weight: 10, find: async () => (asked(), true) }));

describe("the long tail", () => {
  it("is late one time in twenty, and then ten to twenty times as long", () => {
    expect([delayOf(0.05, 0), delayOf(0.05, 1), delayOf(0.049, 0), delayOf(0.049, 1)]).toEqual([10, 20, 200, 400]);
  });

  it("counts each request, and ends with its context", async () => {
    let requests = 0;
    const [finder] = longTailFinders(
      () => requests++,
      () => 0,
    );
    const ctx = withCancel(background());
    const finding = finder?.find(ctx, "x");
    ctx.cancel();
    await expect(finding).rejects.toBe(ctx.err);
    expect(requests).toBe(1);
  });
});

describe("runTail", () => {
  it.each([
    ["sequential", 3],
    ["redundant", 3],
    ["hedged", 1],
  ] as const)("counts what %s costs a find, and orders the times", async (strategy, load) => {
    const options = { ...longTail.options, hedgeDelay: forever };
    const result = await runTail(background(), { strategy, finds: 50, finders: quick, options });
    expect(result).toMatchObject({
      strategy,
      load,
      most: result.times.at(-1),
      p50: result.times[24],
      p90: result.times[44],
    });
    expect(result.p99).toBe(result.times[49]);
    expect(result.times).toEqual([...result.times].sort((a, b) => a - b));
  });

  it("does not count a failure as a time", async () => {
    const down = () => [{ name: "SBG", weight: 1, find: () => Promise.reject(new Error("down")) }];
    await expect(runTail(background(), { strategy: "hedged", finds: 10, finders: down })).rejects.toThrow(
      "hedged failed: down",
    );
  });

  it("ends with its context", async () => {
    const ctx = withCancel(background());
    const running = runTail(ctx, { strategy: "redundant", finds: 10 });
    ctx.cancel();
    await expect(running).rejects.toBe(ctx.err);
  });
});
