import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSchedule, printChoices } from "../src/schedule.ts";
import type { Step } from "../src/step.ts";

/** What a strategy picks, when it has more than enough to pick from each time. */
function picks(text: string, count: number): unknown[] {
  const schedule = parseSchedule(text);
  return Array.from({ length: schedule === undefined ? 0 : count }, () =>
    schedule?.strategy.pick(new Array<Step>(5000)),
  );
}

describe("a printed schedule", () => {
  it("reads as the choices it was printed from", () => {
    const choice = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(40), fc.nat(4000));
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 60 }), fc.boolean(), (choices, anyOrder) => {
        const text = printChoices(choices, anyOrder);
        expect(text).toMatch(/^[\w.-]+$/);
        expect(parseSchedule(text)?.anyOrder).toBe(anyOrder);
        expect(picks(text, choices.length)).toEqual(choices);
      }),
    );
  });

  it("is short: the first choices at the end go without saying, many of them are counted", () => {
    expect(printChoices([0, 0], false)).toBe("schedule-");
    expect(printChoices([1, 0, 11, 40, 0, 0, 0, 0, 0, 2, 0], true)).toBe("any-order-schedule-10bN40.R5.2");
  });

  it("is told from what is none", () => {
    for (const text of ["", "schedule", "schedule-A", "pct-1-2", "random-", "-1", "1.5"]) {
      expect(parseSchedule(text)).toBeUndefined();
    }
  });
});
