import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QuantileSketch } from "../src/quantile-sketch.ts";

const none = new QuantileSketch();

describe("QuantileSketch", () => {
  it("is off by at most 1 % of the quantile, for whatever values and however they are split between two sketches", () => {
    const ms = fc.double({ min: 0.011, max: 7_000_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(ms, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (values, q) => {
          const [a, b] = [new QuantileSketch(), new QuantileSketch()];
          for (const [i, value] of values.entries()) (i % 3 === 0 ? a : b).add(value);
          const exact = values.toSorted((x, y) => x - y)[Math.floor(q * (values.length - 1))] as number;
          expect(Math.abs(a.quantileWith(b, q) - exact)).toBeLessThanOrEqual(exact * 0.010001);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("counts what lies outside its range at its ends", () => {
    const sketch = new QuantileSketch();
    for (const ms of [0, -5, 0.000001]) sketch.add(ms);
    expect(sketch.quantileWith(none, 0.5)).toBeLessThanOrEqual(0.01);
    sketch.clear();
    for (const ms of [1e9, Number.MAX_VALUE, Number.POSITIVE_INFINITY]) sketch.add(ms);
    expect(sketch.count).toBe(3);
    expect(sketch.quantileWith(none, 0.5)).toBeGreaterThan(7_000_000);
  });

  it("is empty again after clear", () => {
    const sketch = new QuantileSketch();
    sketch.add(5);
    sketch.clear();
    expect(sketch.count).toBe(0);
    sketch.add(100);
    expect(sketch.quantileWith(none, 0.5)).toBeCloseTo(100, -1);
  });
});
