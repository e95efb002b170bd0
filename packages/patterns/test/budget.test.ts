import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

describe("Budget", () => {
  it("starts with its burst", () => {
    const budget = new Budget({ ratio: 0.1, burst: 3 });
    expect(budget.balance).toBe(3);
    expect([1, 2, 3, 4].map(() => budget.tryWithdraw())).toEqual([true, true, true, false]);
    expect(budget.balance).toBe(0);
  });

  it("grows by its ratio with each request, up to the burst", () => {
    const budget = new Budget({ ratio: 0.05, burst: 2 });
    while (budget.tryWithdraw());
    for (let i = 0; i < 19; i++) budget.deposit();
    expect(budget.tryWithdraw()).toBe(false);
    budget.deposit();
    expect(budget.tryWithdraw()).toBe(true);
    for (let i = 0; i < 1000; i++) budget.deposit();
    expect(budget.balance).toBe(2);
  });

  it("with a burst of 0 starts empty and can still save up one", () => {
    const budget = new Budget({ ratio: 0.5, burst: 0 });
    expect(budget.tryWithdraw()).toBe(false);
    for (let i = 0; i < 10; i++) budget.deposit();
    expect([budget.tryWithdraw(), budget.tryWithdraw()]).toEqual([true, false]);
  });

  it("allows `minPerSecond` without any request", async () => {
    const budget = new Budget({ ratio: 0, burst: 1, minPerSecond: 2 });
    expect([budget.tryWithdraw(), budget.tryWithdraw()]).toEqual([true, false]);
    await world.clock.advance(499);
    expect(budget.tryWithdraw()).toBe(false);
    await world.clock.advance(1);
    expect([budget.tryWithdraw(), budget.tryWithdraw()]).toEqual([true, false]);
  });

  it("never grants more than burst + ratio * requests, in whatever order they come", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 500 }),
        (ratio, burst, program) => {
          const budget = new Budget({ ratio, burst });
          let [requests, granted] = [0, 0];
          for (const isRequest of program) {
            if (isRequest) {
              budget.deposit();
              requests++;
            } else if (budget.tryWithdraw()) {
              granted++;
            }
            expect(granted).toBeLessThanOrEqual(burst + ratio * requests + 1e-6);
          }
        },
      ),
    );
  });

  it.each<[() => unknown, string]>([
    [() => new Budget({ ratio: 5 }), "ratio: expected a number from 0 to 1, got 5"],
    [() => new Budget({ ratio: -0.1 }), "ratio: expected a number from 0 to 1, got -0.1"],
    [() => new Budget({ ratio: Number.NaN }), "ratio: expected a number from 0 to 1, got NaN"],
    [() => new Budget({} as never), "ratio: expected a number from 0 to 1, got undefined"],
    [() => new Budget({ ratio: 0, burst: -1 }), "burst: expected a number >= 0, got -1"],
    [() => new Budget({ ratio: 0, minPerSecond: Number.NaN }), "minPerSecond: expected a number >= 0, got NaN"],
  ])("names what is wrong with an argument (%#)", (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});
