import { unhandledIn } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { go } from "../src/index.ts";

describe("go", () => {
  it("starts the function in a later microtask, after what the caller still does", async () => {
    const order: string[] = [];
    const task = go(() => order.push("task"));
    order.push("caller");
    await task;
    expect(order).toEqual(["caller", "task"]);
  });

  it("starts tasks in the order of the calls", async () => {
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((n) => go(() => order.push(n))));
    expect(order).toEqual([1, 2, 3]);
  });

  it("gives the task's outcome", async () => {
    expect(await go(() => 1)).toBe(1);
    expect(await go(async () => 2)).toBe(2);
    await expect(go(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  });

  it("calls the function without arguments", async () => {
    expect(await go((...args: unknown[]) => args.length)).toBe(0);
  });

  it.each([
    [
      "throws",
      () => {
        throw "loud";
      },
    ],
    ["rejects", () => Promise.reject("loud")],
  ])("is loud about an error that nobody handles: the function %s", async (_, fn) => {
    expect(await unhandledIn(() => void go(fn))).toEqual(["loud"]);
  });

  it("rejects what is not a function, and does not throw", async () => {
    await expect(go(1 as never)).rejects.toThrow(new TypeError("fn: expected a function, got 1"));
  });
});
