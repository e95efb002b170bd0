import { afterEach, describe, expect, it } from "vitest";
import { type Observer, runtime, spawn, type Waiter } from "../src/index.ts";
import { flush } from "../testkit/index.ts";

afterEach(() => {
  runtime.observer = null;
});

describe("a spawned task", () => {
  it("starts in a later microtask, and its promise gives what it returns", async () => {
    const log: string[] = [];
    const task = spawn(async () => {
      log.push("task");
      return 42;
    });
    log.push("caller");
    expect(await task).toBe(42);
    expect(log).toEqual(["caller", "task"]);
  });

  it("is called without arguments", async () => {
    expect(await spawn((...args: unknown[]) => args.length)).toBe(0);
  });

  it("is told to the observer by its function, which may put another in its place", async () => {
    const told: string[] = [];
    const observer: Observer = {
      touch: () => {},
      block: () => {},
      wake: () => {},
      spawn: (fn) => {
        told.push(fn.name);
        return () => {
          told.push("begins");
          return fn();
        };
      },
    };
    runtime.observer = observer;
    await spawn(function worker() {
      told.push("works");
    });
    expect(told).toEqual(["worker", "begins", "works"]);
  });
});

describe("a controller", () => {
  afterEach(() => {
    runtime.controller = null;
  });

  it("tells each decided call when it likes, and nobody else does", async () => {
    const decided: Waiter[] = [];
    runtime.controller = { decided: (waiter) => decided.push(waiter) };
    const order: string[] = [];
    const first = spawn(() => order.push("first"));
    const second = spawn(() => order.push("second"));
    await flush();
    expect(order).toEqual([]);
    for (const waiter of decided.reverse()) waiter.tell(waiter.value);
    await Promise.all([first, second]);
    expect(order).toEqual(["second", "first"]);
  });
});
