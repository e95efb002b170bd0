import { describe, expect, it } from "vitest";
import { percentile } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

/** Within the 1 % that the sketch promises. */
const about = (ms: number) => ({
  asymmetricMatch: (got: number) => Math.abs(got - ms) <= ms * 0.0101,
  toString: () => `about ${ms}`,
});

function fill(latency: ReturnType<typeof percentile>, values: Iterable<number>) {
  for (const ms of values) latency.record(ms);
}
const oneToHundred = Array.from({ length: 100 }, (_, i) => i + 1);

describe("percentile", () => {
  it("is the quantile of what was recorded, and knows the median", () => {
    const latency = percentile(0.9);
    fill(latency, oneToHundred);
    expect(latency.delay).toEqual(about(90));
    expect(latency.median).toEqual(about(50));
  });

  it.each([
    [0.5, 2],
    [0.9, 10],
    [0.95, 20],
    [0.99, 100],
  ])("for p = %s knows too little with fewer than %s calls: no hedges without `initial`", (p, needed) => {
    const [bare, given] = [percentile(p), percentile(p, { initial: 70 })];
    for (let i = 1; i < needed; i++) for (const latency of [bare, given]) latency.record(10);
    expect([bare.delay, bare.median]).toEqual([Number.POSITIVE_INFINITY, undefined]);
    expect([given.delay, given.median]).toEqual([70, undefined]);
    for (const latency of [bare, given]) latency.record(10);
    expect([bare.delay, given.delay]).toEqual([about(10), about(10)]);
  });

  it("is never less than `min`, of which 1 is the default", () => {
    const [one, five] = [percentile(0.9), percentile(0.9, { min: 5, initial: 2 })];
    expect(five.delay).toBe(5);
    for (const latency of [one, five])
      fill(
        latency,
        Array.from({ length: 50 }, () => 0.1),
      );
    expect([one.delay, five.delay]).toEqual([1, 5]);
  });

  it("forgets what lies further back than the window, and after a pause is cold again", async () => {
    const latency = percentile(0.5, { window: 1000 });
    fill(latency, oneToHundred);
    await world.clock.advance(500);
    expect(latency.delay).toEqual(about(50));
    fill(
      latency,
      Array.from({ length: 100 }, () => 500),
    );
    await world.clock.advance(500);
    expect(latency.delay).toEqual(about(500));
    await world.clock.advance(1000);
    expect(latency.delay).toBe(Number.POSITIVE_INFINITY);
  });

  it("follows a change while it is under way", () => {
    const latency = percentile(0.95);
    fill(
      latency,
      Array.from({ length: 1000 }, () => 10),
    );
    expect(latency.delay).toEqual(about(10));
    fill(
      latency,
      Array.from({ length: 100 }, () => 100),
    );
    expect(latency.delay).toEqual(about(100));
  });

  it("a call that was cut short counts above the estimate, and not below it, where it would be a guess", () => {
    const latency = percentile(0.5);
    fill(latency, oneToHundred);
    for (let i = 0; i < 200; i++) latency.recordAtLeast(20);
    expect(latency.delay).toEqual(about(50));
    for (let i = 0; i < 100; i++) latency.recordAtLeast(80);
    expect(latency.delay).toBeGreaterThan(70);
  });

  it.each<[() => unknown, string]>([
    [() => percentile(1), "p: expected a fraction between 0 and 1, got 1"],
    [() => percentile(0), "p: expected a fraction between 0 and 1, got 0"],
    [() => percentile(95), "p: expected a fraction between 0 and 1, got 95"],
    [() => percentile(Number.NaN), "p: expected a fraction between 0 and 1, got NaN"],
    [() => percentile(0.5, { initial: Number.NaN }), "initial: expected a number of milliseconds, got NaN"],
    [() => percentile(0.5, { initial: -1 }), "initial: expected 0 or more milliseconds, got -1"],
    [() => percentile(0.5, { min: "1" as never }), 'min: expected a number of milliseconds, got "1"'],
    [() => percentile(0.5, { window: 0 }), "window: expected more than 0 milliseconds, got 0"],
  ])("names what is wrong with an argument (%#)", (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});
