import { describe, expect, it } from "vitest";
import { Tally } from "../../chaos/load/tally.ts";
import { percentile } from "../../chaos/load/volley.ts";

describe("Tally", () => {
  it("counts every answer, and takes no time of the first on a connection", () => {
    const tally = new Tally<object>();
    const [one, other] = [{}, {}];
    tally.add(one, 200, 900);
    tally.add(one, 200, 30);
    tally.add(other, 503, 800);
    tally.add(one, 503, 2);
    tally.add(other, 200, 10);
    expect(Object.fromEntries(tally.counts)).toEqual({ 200: 3, 503: 2 });
    expect(tally.total).toBe(5);
    expect(Object.fromEntries(tally.times)).toEqual({ 200: [10, 30], 503: [2] });
  });
});

describe("percentile", () => {
  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])("of %d is the time that so many are within", (share, expected) => {
    expect(
      percentile(
        Array.from({ length: 100 }, (_, i) => i + 1),
        share,
      ),
    ).toBe(expected);
  });

  it("is no number when there was nothing to measure", () => {
    expect(percentile([], 0.99)).toBeNaN();
  });
});
