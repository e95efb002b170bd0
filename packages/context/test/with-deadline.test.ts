import { runtime } from "@conc/internal";
import { useFakeClock } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { background, DeadlineExceededError, withDeadline } from "../src/index.ts";

let clock: ReturnType<typeof useFakeClock>;
beforeEach(() => {
  clock = useFakeClock();
});
afterEach(() => clock.restore());

const at = (ms: number) => new Date(Date.UTC(2030, 0, 1, 12) + ms);

describe("withDeadline", () => {
  it("ends the context at the date", async () => {
    const ctx = withDeadline(background(), at(500), "closing time");
    expect(ctx.deadline).toEqual(at(500));
    await clock.advance(499);
    expect(ctx.err).toBeUndefined();
    await clock.advance(1);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.cause).toBe("closing time");
  });

  it.each([0, -1, -1e12])("a date that has passed (%s ms from now) is exceeded at once", (ms) => {
    const ctx = withDeadline(background(), at(ms));
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.deadline).toEqual(at(ms));
    expect(clock.timers).toBe(0);
  });

  it("tells the very date it was given, though the clock goes on while it is made", () => {
    let reads = 0;
    vi.spyOn(runtime.clock, "date").mockImplementation(() => at(reads++).getTime());
    expect(withDeadline(background(), at(500)).deadline).toEqual(at(500));
  });

  it("does not share its date with the caller", () => {
    const date = at(500);
    const ctx = withDeadline(background(), date);
    date.setTime(0);
    ctx.deadline?.setTime(0);
    expect(ctx.deadline).toEqual(at(500));
  });

  it("the last date there is, is a deadline like any other", () => {
    const ctx = withDeadline(background(), new Date(8.64e15));
    expect(ctx.deadline?.getTime()).toBe(8.64e15);
    expect(String(ctx)).toContain("+275760-09-13T00:00:00.000Z");
    ctx.cancel();
    expect(clock.timers).toBe(0);
  });

  it("the first date there is, has passed", () => {
    const ctx = withDeadline(background(), new Date(-8.64e15));
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.deadline?.getTime()).toBe(-8.64e15);
  });

  it.each([
    [new Date(Number.NaN), "an invalid one"],
    [500, "500"],
    ["2030-01-01", '"2030-01-01"'],
    [null, "null"],
    [undefined, "undefined"],
    [{}, "an instance of Object"],
    [{ getTime: (): string => "soon" }, "an instance of Object"],
  ] as [unknown, string][])("refuses %o", (date, got) => {
    expect(() => withDeadline(background(), date as never)).toThrow(
      new TypeError(`date: expected a valid Date, got ${got}`),
    );
    expect(clock.timers).toBe(0);
  });

  it("refuses what is no parent", () => {
    expect(() => withDeadline(null as never, at(5))).toThrow("context: cannot create a context from a null parent");
  });
});
