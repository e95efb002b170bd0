import { describe, expect, it } from "vitest";
import { Pct } from "../../src/strategies/pct.ts";
import { readySteps } from "../support/steps.ts";

/** Whom a schedule picks, each time out of the same tasks. */
function picks(pct: Pct, count: number, ready = readySteps("a", "b", "c")): string[] {
  return Array.from({ length: count }, () => ready[pct.pick(ready)]?.task.name ?? "nobody");
}

describe("a PCT schedule", () => {
  it("of depth 1 stays with the task of the highest priority, whichever that is", () => {
    const firsts = new Set<string>();
    for (let seed = 0; seed < 50; seed++) {
      const [first = "", ...rest] = picks(new Pct(seed, 1, 20), 20);
      expect(new Set(rest)).toEqual(new Set([first]));
      firsts.add(first);
    }
    expect(firsts).toEqual(new Set(["a", "b", "c"]));
  });

  it("of depth d changes the task at most d - 1 times, at places that lie anywhere", () => {
    const places = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const order = picks(new Pct(seed, 3, 10), 12);
      const changes = order.flatMap((name, i) => (i > 0 && name !== order[i - 1] ? [i] : []));
      expect(changes.length).toBeLessThanOrEqual(2);
      for (const place of changes) places.add(place);
    }
    expect([...places].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("puts a task that has yielded behind all others, the last one last", () => {
    const pct = new Pct(1, 1, 20);
    const [a, b, c] = readySteps("a", "b", "c");
    pct.yielded(a!.task);
    pct.yielded(b!.task);
    expect(picks(pct, 1)).toEqual(["c"]);
    pct.yielded(c!.task);
    expect(picks(pct, 1)).toEqual(["a"]);
  });

  it("is the same for the same seed", () => {
    expect(picks(new Pct(7, 3, 20), 20)).toEqual(picks(new Pct(7, 3, 20), 20));
  });
});
