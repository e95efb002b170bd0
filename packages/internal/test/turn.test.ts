import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { completed, completedWith, failedWith, park, runtime, Waiter } from "../src/index.ts";
import { flush, watch } from "../testkit/index.ts";

const { budget } = runtime.turn;
beforeEach(flush);
afterEach(async () => {
  runtime.turn.budget = budget;
  await flush();
});

// No turn may last at all: the second look at the clock ends it.
function spendTurn() {
  runtime.turn.budget = 0;
  for (let i = 0; i < 1_000 && !runtime.turn.over; i++) void completed();
  expect(runtime.turn.over).toBe(true);
}

describe("a turn whose budget is spent", () => {
  it("holds back every resolution until the event loop has gone round, in order", async () => {
    const order: string[] = [];
    const parked = new Waiter();
    const waited = park(parked).then(() => order.push("waiter"));
    spendTurn();
    const all = [
      completed().then(() => order.push("completed")),
      completedWith(1).then((value) => order.push(`value ${value}`)),
      failedWith("no").catch((reason) => order.push(`failed: ${reason}`)),
    ];
    parked.settle(undefined);
    for (let i = 0; i < 100; i++) await Promise.resolve();
    expect(order).toEqual([]);
    await Promise.all([...all, waited]);
    // A rejection takes one microtask more.
    expect(order).toEqual(["completed", "value 1", "waiter", "failed: no"]);
  });

  it("lets the loop go round once only: the next turn begins with a new budget", async () => {
    spendTurn();
    runtime.turn.budget = 10;
    await completed();
    expect(runtime.turn.over).toBe(false);
    expect(runtime.turn.deferred).toEqual([]);
  });

  it("counts a call that was held back as waiting no longer: it was decided", () => {
    const watched = watch();
    spendTurn();
    void completed();
    expect(watched.waiting).toBe(0);
    watched.stop();
  });
});

describe("a turn", () => {
  it("ends when the event loop goes round, whether or not it was spent", async () => {
    runtime.turn.budget = 1_000;
    for (let i = 0; i < 1_000; i++) void completed();
    expect(runtime.turn.startedAt).toBeTypeOf("number");
    await flush();
    expect(runtime.turn.startedAt).toBeUndefined();
  });

  it("of infinite budget is never looked at", () => {
    runtime.turn.budget = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 1_000; i++) void completed();
    expect(runtime.turn).toMatchObject({ over: false, startedAt: undefined });
  });
});
