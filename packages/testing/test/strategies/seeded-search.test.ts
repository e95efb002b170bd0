import { describe, expect, it } from "vitest";
import type { RunResult } from "../../src/run-options.ts";
import { SeededSearch } from "../../src/strategies/seeded-search.ts";

function seeds(search: SeededSearch, choices: number): string[] {
  const all: string[] = [];
  for (let attempt = search.next(); attempt !== undefined; attempt = search.next()) {
    all.push(attempt.seed ?? "none");
    search.learn({ choices: new Array<number>(choices).fill(0) } as unknown as RunResult);
  }
  return all;
}

describe("a seeded search", () => {
  it("takes random walks and PCT schedules of two depths in turns", () => {
    const kinds = seeds(new SeededSearch("mix", 1, 6), 4).map((seed) => seed.replace(/-\d+$/, ""));
    expect(kinds).toEqual(["random", "pct-2-10", "pct-3-10", "random", "pct-2-10", "pct-3-10"]);
  });

  it("calibrates PCT with the longest schedule seen", () => {
    const kinds = seeds(new SeededSearch("pct", 1, 4), 77).map((seed) => seed.replace(/-\d+$/, ""));
    expect(kinds).toEqual(["pct-2-10", "pct-3-77", "pct-4-77", "pct-2-77"]);
  });

  it("shares no schedules with the search of the next seed", () => {
    const both = [...seeds(new SeededSearch("random", 1, 500), 4), ...seeds(new SeededSearch("random", 2, 500), 4)];
    expect(new Set(both).size).toBe(1000);
  });
});
