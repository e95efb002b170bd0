import { afterEach, describe, expect, it } from "vitest";
import { completed, completedWith, failedWith, park, runtime, Waiter } from "../src/index.ts";
import { stateOf } from "../testkit/index.ts";

afterEach(() => {
  runtime.controller = null;
});

describe("a controller", () => {
  it("gets every decided call, and it alone tells them, in any order", async () => {
    const decided: Waiter[] = [];
    runtime.controller = { decided: (waiter) => decided.push(waiter) };
    const waiter = new Waiter();
    const calls = [park(waiter), completed(), completedWith(1), failedWith("no")];
    for (const call of calls) expect(await stateOf(call)).toEqual({ status: "pending" });
    waiter.settle("served");
    expect(decided).toHaveLength(4);
    expect(await stateOf(calls[0] as Promise<unknown>)).toEqual({ status: "pending" });
    const order: unknown[] = [];
    const all = calls.map((call) =>
      call.then(
        (value) => order.push(value),
        (reason: unknown) => order.push(reason),
      ),
    );
    for (const one of decided.toReversed()) one.tell(one.value);
    await Promise.all(all);
    // A rejection takes one microtask more.
    expect(order).toEqual(["served", 1, undefined, "no"]);
  });
});
