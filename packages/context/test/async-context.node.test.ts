import { AsyncLocalStorage } from "node:async_hooks";
import { flush } from "@conc/internal/testkit";
import { expect, it } from "vitest";
import { afterFunc, background, withCancel, withTimeout } from "../src/index.ts";

it("the function runs in the async context that registered it, not in the canceller's", async () => {
  const request = new AsyncLocalStorage<string>();
  const ctx = request.run("maker", () => withCancel(background()));
  const seen: unknown[] = [];
  request.run("one", () => afterFunc(ctx, () => seen.push(request.getStore())));
  request.run("two", () => afterFunc(ctx, () => seen.push(request.getStore())));
  afterFunc(ctx, () => seen.push(request.getStore()));
  request.run("canceller", () => ctx.cancel());
  request.run("late", () => afterFunc(ctx, () => seen.push(request.getStore())));
  await flush();
  expect(new Set(seen)).toEqual(new Set(["late", "one", "two", undefined]));
});

it("nor in that of the one who set the deadline that ended it", async () => {
  const request = new AsyncLocalStorage<string>();
  const ctx = request.run("maker", () => withTimeout(background(), 1));
  const seen = await request.run(
    "registrar",
    () => new Promise((resolve) => afterFunc(ctx, () => resolve(request.getStore()))),
  );
  expect(seen).toBe("registrar");
});

it("code after a wait that the cancel ended goes on in its own", async () => {
  const request = new AsyncLocalStorage<string>();
  const ctx = withCancel(background());
  const waiting = request.run("waiter", async () => {
    await ctx.done.recv();
    return request.getStore();
  });
  request.run("canceller", () => ctx.cancel());
  expect(await waiting).toBe("waiter");
});

it("a listener on the signal is the platform's affair, which calls it in the canceller's", () => {
  const request = new AsyncLocalStorage<string>();
  const ctx = withCancel(background());
  const seen: unknown[] = [];
  request.run("listener", () => {
    ctx.signal.addEventListener("abort", () => seen.push(request.getStore()));
  });
  request.run("canceller", () => ctx.cancel());
  expect(seen).toEqual(["canceller"]);
});
