import { describe, expect, it } from "vitest";
import { NondeterminismError } from "../../src/index.ts";
import type { RunResult } from "../../src/run-options.ts";
import { Exhaustive } from "../../src/strategies/exhaustive.ts";

/** A program as a tree of choices: at each place, how many there are, by what was chosen before. */
type Tree = (before: readonly number[]) => number;

function runAll(tree: Tree): { leaves: string[]; covered: number[] } {
  const search = new Exhaustive();
  const leaves: string[] = [];
  const covered: number[] = [];
  for (let attempt = search.next(); attempt !== undefined; attempt = search.next()) {
    const choices: number[] = [];
    const sizes: number[] = [];
    for (let size = tree(choices); size > 0; size = tree(choices)) {
      sizes.push(size);
      choices.push(attempt.strategy.choose(size));
    }
    leaves.push(choices.join(""));
    search.learn({ choices, sizes } as unknown as RunResult);
    covered.push(search.covered());
  }
  return { leaves, covered };
}

describe("an exhaustive search", () => {
  it("comes to each leaf of the tree of choices once", () => {
    const { leaves } = runAll((before) => [2, before[0] === 0 ? 3 : 0, before[1] === 2 ? 2 : 0][before.length] ?? 0);
    expect(leaves).toEqual(["00", "01", "020", "021", "1"]);
  });

  it("ends after one schedule when there is no choice", () => {
    expect(runAll(() => 0)).toEqual({ leaves: [""], covered: [1] });
  });

  it("knows how much of the tree it has seen", () => {
    const { covered } = runAll((before) => [2, before[0] === 0 ? 4 : 0][before.length] ?? 0);
    expect(covered).toEqual([0.125, 0.25, 0.375, 0.5, 1]);
  });

  it("notices a program that has other choices than before", () => {
    let runs = 0;
    expect(() => runAll((before) => (before.length < 2 ? 2 + (runs++ > 2 ? 1 : 0) : 0))).toThrow(NondeterminismError);
  });
});
