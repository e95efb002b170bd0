import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../src/index.ts";
import { useFakeClock } from "../testkit/index.ts";

describe("the system clock", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("fires a timer once, in time", () => {
    const fn = vi.fn<() => void>();
    systemClock.setTimer(fn, 100, true);
    vi.advanceTimersByTime(99);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(fn).toHaveBeenCalledOnce();
  });

  it.each([2 ** 31 - 1, 2 ** 31, 2 ** 32 + 5, 100 * 24 * 3600 * 1000])("keeps a delay of %s ms", (ms) => {
    const fn = vi.fn<() => void>();
    systemClock.setTimer(fn, ms, true);
    vi.advanceTimersByTime(ms - 1);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("clears a timer in its second and later stretches too", () => {
    const fn = vi.fn<() => void>();
    const timer = systemClock.setTimer(fn, 2 ** 32, true);
    vi.advanceTimersByTime(2 ** 31 + 10);
    timer.clear();
    expect(vi.getTimerCount()).toBe(0);
    timer.clear();
  });

  it("never fires for Infinity, and for less than 0 fires at once", () => {
    const never = vi.fn<() => void>();
    const now = vi.fn<() => void>();
    const timer = systemClock.setTimer(never, Number.POSITIVE_INFINITY, true);
    systemClock.setTimer(now, -5, true);
    vi.advanceTimersByTime(1);
    expect(now).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(2 ** 33);
    expect(never).not.toHaveBeenCalled();
    timer.clear();
  });

  it("does not end a wait before its time: fractions are rounded up", () => {
    const fn = vi.fn<() => void>();
    systemClock.setTimer(fn, 1.2, true);
    vi.advanceTimersByTime(1);
    expect(fn).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledOnce();
  });
});

describe("the fake clock", () => {
  it("fires in the order of times, then of setting, with everything run in between", async () => {
    const clock = useFakeClock();
    const events: string[] = [];
    clock.setTimer(() => events.push("20"), 20, true);
    clock.setTimer(() => events.push("10a"), 10, true);
    clock.setTimer(
      () => {
        events.push("10b");
        void Promise.resolve().then(() => clock.setTimer(() => events.push("15"), 5, false));
      },
      10,
      true,
    );
    clock.setTimer(() => events.push("never"), 12, true).clear();
    await clock.advance(20);
    expect(events).toEqual(["10a", "10b", "15", "20"]);
    expect(clock.now()).toBe(20);
    expect(clock.timers).toBe(0);
    clock.restore();
  });
});
