import { describe, expect, it } from "vitest";
import { Task } from "../src/task.ts";
import { type ClockOwner, VirtualClock, type VirtualTimer } from "../src/virtual-clock.ts";

function makeClock(): { clock: VirtualClock; told: unknown[] } {
  const told: unknown[] = [];
  const main = Task.first("0", "main");
  const owner: ClockOwner = {
    actor: () => main,
    timerSet: (timer) => told.push(["set", timer.due, timer.task.id]),
    timerCleared: (timer) => told.push(["cleared", timer.due]),
    yielded: (fn) => told.push(["yielded", fn]),
  };
  return { clock: new VirtualClock(owner), told };
}

describe("the virtual clock", () => {
  it("keeps timers by their times, those of one time in the order they were set", () => {
    const { clock } = makeClock();
    for (const ms of [20, 10, 20, -5, 10]) clock.setTimer(() => {}, ms, true);
    expect(clock.timers.map((timer) => `${timer.due} ${timer.task.id}`)).toEqual([
      "0 0.4",
      "10 0.2",
      "10 0.5",
      "20 0.1",
      "20 0.3",
    ]);
  });

  it("moves to the timer that is fired, and never back", () => {
    const { clock } = makeClock();
    const log: number[] = [];
    for (const ms of [10, 20]) clock.setTimer(() => log.push(clock.now()), ms, true);
    const [first, second] = [...clock.timers] as [VirtualTimer, VirtualTimer];
    const before = clock.date();
    clock.fire(second);
    clock.fire(first);
    expect(log).toEqual([20, 20]);
    expect(clock.date() - before).toBe(20);
    expect(clock.timers).toEqual([]);
  });

  it("tells of a timer that is cleared, once, and not of one that has fired", () => {
    const { clock, told } = makeClock();
    const cleared = clock.setTimer(() => {}, 10, true);
    const fired = clock.setTimer(() => {}, 20, true);
    clock.fire(clock.timers[1] as VirtualTimer);
    for (const handle of [cleared, cleared, fired]) handle.clear();
    expect(told).toEqual([
      ["set", 10, "0.1"],
      ["set", 20, "0.2"],
      ["cleared", 10],
    ]);
  });
});
