import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it.each([
  ["a channel, as browsers have it", ["setImmediate"]],
  ["a timer, as where jsdom makes up a page", ["setImmediate", "MessageChannel"]],
])("without setImmediate macrotasks come in their order by %s", async (_, missing) => {
  for (const name of missing) vi.stubGlobal(name, undefined);
  vi.resetModules();
  const { macrotask } = await import("../src/macrotask.ts");
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    macrotask(() => {
      order.push("first");
      macrotask(resolve);
    });
    macrotask(() => order.push("second"));
    void Promise.resolve().then(() => order.push("microtask"));
  });
  expect(order).toEqual(["microtask", "first", "second"]);
});
