import { AsyncLocalStorage } from "node:async_hooks";
import { stat } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { resourcesMade } from "../src/resources-made.ts";

// Without an await in between: the test runner makes resources too.
describe("the count of the platform's resources", () => {
  it("goes up with what calls back later, and not with promises", async () => {
    const before = resourcesMade();
    const promises = [1, 2, 3].map(async (n) => n);
    const between = resourcesMade();
    const call = stat(".");
    const after = resourcesMade();
    await Promise.all([...promises, call]);
    expect(before).toBeTypeOf("number");
    expect([between, after]).toEqual([before, (before as number) + 1]);
  });

  it("is unknown, or still right, while an AsyncLocalStorage is on", () => {
    const storage = new AsyncLocalStorage<number>();
    const before = resourcesMade();
    const inside = storage.run(1, resourcesMade);
    storage.disable();
    expect(before).toBeTypeOf("number");
    expect([undefined, before]).toContain(inside);
  });
});
