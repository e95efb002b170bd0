import { describe, expect, it } from "vitest";
import { AdaptiveLimit } from "../../src/service/adaptive-limit.ts";

const limitOf = (initial: number) => new AdaptiveLimit({ least: 4, most: 60, initial, tooLate: 20 });

describe("AdaptiveLimit", () => {
  it("falls by a tenth of what was in progress when the event loop is too late, and not below its least", () => {
    const limit = limitOf(50);
    limit.adapt(21, 50, true);
    expect(limit.limit).toBe(45);
    // Far fewer were in progress, and that was too much already.
    limit.adapt(100, 20, false);
    expect(limit.limit).toBe(18);
    for (let i = 0; i < 50; i++) limit.adapt(21, limit.limit, true);
    expect(limit.limit).toBe(4);
  });

  it("rises by one when it has held somebody back and the event loop is on time, and not above its most", () => {
    const limit = limitOf(50);
    limit.adapt(20, 50, true);
    expect(limit.limit).toBe(51);
    for (let i = 0; i < 50; i++) limit.adapt(0, limit.limit, true);
    expect(limit.limit).toBe(60);
  });

  it("stays as it is when it has held nobody back", () => {
    const limit = limitOf(50);
    for (let i = 0; i < 50; i++) limit.adapt(0, 50, false);
    expect(limit.limit).toBe(50);
  });

  it("comes back after each disturbance: half of it within a second, all of it within the time it takes to count there", () => {
    const limit = limitOf(50);
    for (let i = 0; i < 7; i++) limit.adapt(21, limit.limit, true);
    expect(limit.limit).toBeLessThan(25);
    for (let i = 0; i < 30; i++) limit.adapt(0, limit.limit, true);
    expect(limit.limit).toBeGreaterThanOrEqual(50);
  });
});
