import { stateOf, useFakeClock } from "@conc/internal/testkit";
import { expect, it } from "vitest";
import {
  background,
  CanceledError,
  contextKey,
  withCancel,
  withoutCancel,
  withTimeout,
  withValue,
} from "../src/index.ts";

it("keeps the values of its parent, and neither its end nor its deadline", async () => {
  const key = contextKey<string>("user");
  const parent = withTimeout(withValue(background(), key, "ada"), 500);
  const ctx = withoutCancel(parent);
  parent.cancel();
  expect(ctx.value(key)).toBe("ada");
  expect([ctx.err, ctx.cause, ctx.deadline]).toEqual([undefined, undefined, undefined]);
  expect(ctx.signal.aborted).toBe(false);
  expect(await stateOf(ctx.done.recv())).toEqual({ status: "pending" });
});

it("of a context that is done is not done", () => {
  const parent = withCancel(background());
  parent.cancel();
  expect(withoutCancel(parent).err).toBeUndefined();
});

it("cuts off all that is derived from it, which can have a new end of its own", async () => {
  const clock = useFakeClock();
  const parent = withTimeout(background(), 100);
  const ctx = withTimeout(withoutCancel(parent), 200);
  expect(ctx.deadline).toEqual(new Date(clock.date() + 200));
  await clock.advance(100);
  expect([parent.err === undefined, ctx.err === undefined]).toEqual([false, true]);
  ctx.cancel();
  expect(ctx.err).toBeInstanceOf(CanceledError);
  expect(clock.timers).toBe(0);
  clock.restore();
});

it("refuses what is no parent", () => {
  expect(() => withoutCancel(null as never)).toThrow("context: cannot create a context from a null parent");
  expect(() => withoutCancel({} as never)).toThrow("parent: expected a Context, got an instance of Object");
});
