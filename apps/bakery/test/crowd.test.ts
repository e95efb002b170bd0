import { describe, expect, it } from "vitest";
import { crowd } from "../src/crowd.ts";
import { usual } from "./support/watch-day.ts";

describe("the crowd", () => {
  it("comes within about half an hour, however many they are", () => {
    for (const customers of [10, 200, 5000]) {
      let total = 0;
      for (const { gap } of crowd({ ...usual, customers, presidentAfter: 0 })) total += gap;
      expect(total / 60_000).toBeGreaterThan(20);
      expect(total / 60_000).toBeLessThan(40);
    }
  });

  it("has the President where the options say", () => {
    const names = (presidentAfter: number) =>
      [...crowd({ ...usual, customers: 3, presidentAfter })].map(({ who }) => who);
    expect(names(0)).toEqual(["President", "#1", "#2", "#3"]);
    expect(names(2)).toEqual(["#1", "#2", "President", "#3"]);
    expect(names(3)).toEqual(["#1", "#2", "#3", "President"]);
  });

  it("is the same whatever the shop is like", () => {
    const other = { ...usual, capacity: 1, stock: 3, semaphore: "none" } as const;
    expect([...crowd(other)]).toEqual([...crowd(usual)]);
  });
});
