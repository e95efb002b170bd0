import { describe, expect, it } from "vitest";
import { hedgeMarks } from "../../page/hedge-marks.ts";
import type { Run } from "../../page/run.ts";
import { defaults } from "../../src/strategies/strategy.ts";

const datacenters = ["SBG", "GRA", "BHS"];

function run(starts: readonly number[], waitsFor: "hedge" | "semaphore" = "hedge"): Run {
  return {
    strategy: "hedged",
    state: "running",
    begin: { resource: "x", strategy: "hedged", timeout: 5000, datacenters, waitsFor, options: defaults },
    rows: datacenters.map((datacenter, index) => {
      const startedAt = starts[index];
      return startedAt === undefined ? { datacenter } : { datacenter, startedAt };
    }),
  };
}

describe("hedgeMarks", () => {
  it.each([
    ["none before the first is due", [0], 74, []],
    ["one when it is due, though nobody was asked by then", [0], 76, [75]],
    ["one for each that was sent because an answer was late", [0, 76], 160, [75, 151]],
    ["the same if a timer seems to be early", [0, 74.1], 100, [75]],
    ["none for one that was asked in the place of another", [0, 40], 100, []],
    ["and counts from that one", [0, 40], 200, [115]],
    ["none when all have been asked", [0, 76, 152], 1000, [75, 151]],
  ])("are %s", (_, starts, end, marks) => {
    expect(hedgeMarks(run(starts), end)).toEqual(marks);
  });

  it("are for who waits for a hedge", () => {
    expect(hedgeMarks(run([0], "semaphore"), 1000)).toEqual([]);
  });
});
