import { afterEach, describe, expect, it, vi } from "vitest";
import { runtime, Waiter } from "../src/index.ts";

describe("the runtime record", () => {
  afterEach(() => {
    vi.resetModules();
    vi.restoreAllMocks();
  });

  it("is one for all copies of the code", async () => {
    vi.resetModules();
    const copy = await import("../src/index.ts");
    expect(copy.Waiter).not.toBe(Waiter);
    expect(copy.runtime).toBe(runtime);
  });

  it("of another shape keeps a copy from loading, which says what to do", async () => {
    vi.resetModules();
    const other = Symbol("the record of another release");
    vi.spyOn(Symbol, "for").mockImplementation(() => other);
    Object.assign(globalThis, { [other]: { version: 2 } });
    try {
      await expect(import("../src/runtime.ts")).rejects.toThrow(
        /^conc: .*\b2\b.*: bring all @conc packages to one release$/,
      );
    } finally {
      Reflect.deleteProperty(globalThis, other);
    }
  });
});
