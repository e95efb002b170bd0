import { describe, expect, it } from "vitest";
import { completed, completedWith, failedWith, park, Waiter, WaitList } from "../src/index.ts";
import { stateOf, watch } from "../testkit/index.ts";

describe("Waiter", () => {
  it("resolves with what it is settled with, a falsy value too", async () => {
    for (const outcome of [undefined, null, 0, "", { ok: true }]) {
      const waiter = new Waiter();
      const promise = park(waiter);
      waiter.settle(outcome);
      expect(await promise).toBe(outcome);
    }
  });

  it("rejects with what it fails with, whatever it is", async () => {
    const promiseAsReason = Promise.resolve(1);
    for (const reason of [new Error("x"), undefined, null, "s", promiseAsReason]) {
      const waiter = new Waiter();
      const promise = park(waiter);
      waiter.fail(reason);
      expect(await stateOf(promise)).toEqual({ status: "rejected", reason });
    }
  });

  it("cannot be settled before it was parked", () => {
    expect(() => new Waiter().settle(1)).toThrow(TypeError);
  });

  it("cancelled, leaves its list, and then the next in line is looked at", async () => {
    const events: string[] = [];
    const list = new WaitList({}, "wait", () => events.push(`left ${list.size}`));
    const waiters = [new Waiter(), new Waiter()];
    const promises = waiters.map((waiter) => {
      list.push(waiter);
      return park(waiter);
    });
    waiters[0]?.onCancel("stop");
    expect(events).toEqual(["left 1"]);
    await expect(promises[0]).rejects.toBe("stop");
    list.leave(waiters[0] as Waiter);
    expect(events).toEqual(["left 1"]);
  });

  it("is told to the observer when it blocks and when it wakes", () => {
    const watched = watch();
    const waiter = new Waiter();
    void park(waiter);
    expect(watched.waiting).toBe(1);
    waiter.settle(1);
    expect(watched.waiting).toBe(0);
    watched.stop();
  });
});

describe("a call that completes at once", () => {
  it("completed, completedWith and failedWith give settled promises", async () => {
    expect(await completed()).toBeUndefined();
    expect(await completedWith(5)).toBe(5);
    await expect(failedWith("no")).rejects.toBe("no");
  });
});
