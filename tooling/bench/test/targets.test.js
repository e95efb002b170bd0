import { expect, it } from "vitest";
import { above, atMost, below, fasterThan, fasterThanEveryPeer, ratioAtMost, standing } from "../src/targets.mjs";

const figures = {
  ours: { role: "ours", value: 120 },
  floor: { role: "floor", value: 100 },
  quick: { role: "peer", value: 60 },
  slow: { role: "peer", value: 1_200 },
};
const judge = (target) => target({ unit: "ns", figures, cannot: { Go: "go is not on the PATH" } });

it.each([
  [atMost(1.3, "floor"), "at most 1.3x floor", "met: 1.20x"],
  [atMost(1, "floor"), "at most 1x floor", "missed by 20 %: 1.20x"],
  [atMost(1.19, "floor"), "at most 1.19x floor", "missed by 0.8 %: 1.20x"],
  [fasterThan(8, "slow"), "at least 8x faster than slow", "met: 10.00x"],
  [fasterThan(20, "slow"), "at least 20x faster than slow", "missed by 100 %: 10.00x"],
  [fasterThanEveryPeer(), "faster than every peer", "missed by 100 %: 0.50x, the nearest is quick"],
  [below(125), "at most 125 ns", "met: 120 ns"],
  [below(50, "quick"), "quick at most 50 ns", "missed by 20 %: 60 ns"],
  [above(240), "at least 240 ns", "missed by 100 %: 120 ns"],
  [ratioAtMost(2, "slow", "ours", "at most twice"), "at most twice", "missed by 400 %: 10.00x"],
  [atMost(1.2, "Go"), "at most 1.2x Go", "not known (Go: go is not on the PATH)"],
])("%#: a target says what was asked and how it stands", (target, claim, stands) => {
  const judged = judge(target);
  expect(judged.claim).toBe(claim);
  expect(standing(judged)).toBe(stands);
});
