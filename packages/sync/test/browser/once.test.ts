import { flush, stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { Once } from "../../src/index.ts";

describe("where there is no async context", () => {
  it("a call from inside the run, after an await, cannot be told from one beside it: it waits, and the Once shows it", async () => {
    const once = new Once({ name: "db" });
    const inside = new AbortController();
    const run = once.do(async () => {
      await flush();
      await once.do(() => undefined, inside.signal);
    });
    await flush();
    expect(await stateOf(run)).toEqual({ status: "pending" });
    expect(String(once)).toBe('Once("db", running, 2 waiting)');

    // A source that may be cancelled is the way out: then the inner call ends, and the run with it.
    inside.abort("enough");
    await expect(run).rejects.toBe("enough");
    expect(String(once)).toBe('Once("db", failed)');
  });
});
