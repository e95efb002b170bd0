import { describe, expect, it } from "vitest";
import { AdaptiveLimit } from "../../src/service/adaptive-limit.ts";

const limitOf = (initial: number) => new AdaptiveLimit({ least: 4, most: 60, initial, tooLate: 10 });

describe("AdaptiveLimit", () => {
  it("falls by a tenth each time while the event loop is too late, and not below its least", () => {
    const limit = limitOf(50);
    limit.adapt(100, 50, true);
    expect(limit.limit).toBe(45);
    limit.adapt(100, 45, false);
    expect(limit.limit).toBe(40);
    for (let i = 0; i < 50; i++) limit.adapt(100, limit.limit, true);
    expect(limit.limit).toBe(4);
  });

  it("does not fall for one pause, however often it comes, if the event loop is on time between", () => {
    const limit = limitOf(50);
    for (let i = 0; i < 100; i++) limit.adapt(i % 10 === 0 ? 30 : 0, 50, false);
    expect(limit.limit).toBe(50);
  });

  it("does not fall when less than half of it is in progress: it is not they who make the event loop late", () => {
    const limit = limitOf(50);
    for (let i = 0; i < 50; i++) limit.adapt(100, 24, false);
    expect(limit.limit).toBe(50);
    limit.adapt(100, 25, false);
    expect(limit.limit).toBe(45);
  });

  it("rises by a twentieth when it has held somebody back and the event loop is on time, and not above its most", () => {
    const limit = limitOf(40);
    limit.adapt(10, 40, true);
    expect(limit.limit).toBe(42);
    for (let i = 0; i < 50; i++) limit.adapt(0, limit.limit, true);
    expect(limit.limit).toBe(60);
  });

  it("stays as it is when it has held nobody back", () => {
    const limit = limitOf(50);
    for (let i = 0; i < 50; i++) limit.adapt(0, 50, false);
    expect(limit.limit).toBe(50);
  });

  it("has come back from its least to ten times that in less than a second of fifty looks", () => {
    const limit = limitOf(4);
    for (let i = 0; i < 45; i++) limit.adapt(0, limit.limit, true);
    expect(limit.limit).toBeGreaterThanOrEqual(40);
  });
});
