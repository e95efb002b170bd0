import { expect, it } from "vitest";
import { systemClock } from "../src/index.ts";
import { unhandledIn } from "../testkit/index.ts";

it("a macrotask comes after microtasks", async () => {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    systemClock.macrotask(() => {
      order.push("macrotask");
      resolve();
    });
    void Promise.resolve().then(() => order.push("microtask"));
  });
  expect(order).toEqual(["microtask", "macrotask"]);
});

it("macrotasks come in the order in which they were asked for, each once, also when one asks for more or throws", async () => {
  const order: string[] = [];
  const unhandled = await unhandledIn(async () => {
    await new Promise<void>((resolve) => {
      systemClock.macrotask(() => {
        order.push("a");
        systemClock.macrotask(() => order.push("asked for by a"));
        systemClock.macrotask(resolve);
        throw new Error("broken");
      });
      systemClock.macrotask(() => order.push("b"));
    });
  });
  expect(order).toEqual(["a", "b", "asked for by a"]);
  expect(unhandled).toEqual([new Error("broken")]);
});
