import { describe, expect, it } from "vitest";
import { seeded } from "../src/index.ts";

const draw = (seed: number, count: number, n: number) => {
  const choose = seeded(seed);
  return Array.from({ length: count }, () => choose(n));
};

describe("a seeded source of numbers", () => {
  it("gives the same numbers on every machine", () => {
    expect(draw(1, 10, 100)).toEqual([62, 0, 52, 98, 96, 28, 61, 72, 42, 99]);
    expect(draw(2 ** 32 + 1, 10, 100)).toEqual(draw(1, 10, 100));
  });

  it("gives whole numbers from 0 to n - 1, each about as often", () => {
    const counts = new Array<number>(7).fill(0);
    for (const number of draw(3, 70_000, 7)) counts[number] = (counts[number] ?? 0) + 1;
    expect(counts).toHaveLength(7);
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it("gives others for another seed", () => {
    expect(draw(1, 10, 1000)).not.toEqual(draw(2, 10, 1000));
  });
});
