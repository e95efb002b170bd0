import { describe, expect, it } from "vitest";
import { runtime } from "../src/index.ts";

const key = Symbol.for("@conc/runtime");

describe("the runtime record", () => {
  it("stands in the realm under a name that all copies know", () => {
    expect((globalThis as never)[key]).toBe(runtime);
  });

  it("cannot be replaced by accident", () => {
    expect(() => {
      (globalThis as Record<symbol, unknown>)[key] = {};
    }).toThrow(TypeError);
  });

  it("chooses each of n as often, and only these", () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 3_000; i++) counts[runtime.choose(3)]!++;
    expect(counts.reduce((a, b) => a + b)).toBe(3_000);
    // Ten standard deviations: fails for a source that is broken, not by bad luck.
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(260);
  });
});
