import { flush, unhandledIn, useFakeClock, watch } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { afterFunc, background, withCancel, withTimeout } from "../src/index.ts";

describe("afterFunc", () => {
  it("calls the function once, after the end, not within the cancel", async () => {
    const ctx = withCancel(background());
    const calls: unknown[][] = [];
    afterFunc(ctx, (...args: unknown[]) => calls.push(args));
    await flush();
    expect(calls).toEqual([]);
    ctx.cancel();
    expect(calls).toEqual([]);
    await flush();
    expect(calls).toEqual([[]]);
  });

  it("calls it when a deadline passes, and when the parent ends", async () => {
    const clock = useFakeClock();
    const parent = withTimeout(background(), 100);
    const calls: string[] = [];
    afterFunc(withCancel(parent), () => calls.push("child"));
    afterFunc(parent, () => calls.push("parent"));
    await clock.advance(100);
    expect(calls).toEqual(["parent", "child"]);
    clock.restore();
  });

  it("of a context that is done calls it all the same, in a later microtask", async () => {
    const ctx = withCancel(background());
    ctx.cancel();
    let called = false;
    const stop = afterFunc(ctx, () => {
      called = true;
    });
    expect(called).toBe(false);
    expect(stop()).toBe(false);
    await flush();
    expect(called).toBe(true);
  });

  it("calls several in the order they were registered", async () => {
    const ctx = withCancel(background());
    const calls: number[] = [];
    for (let i = 0; i < 5; i++) afterFunc(ctx, () => calls.push(i));
    ctx.cancel();
    await flush();
    expect(calls).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("stop", () => {
  it("takes the function back and says true, once", async () => {
    const ctx = withCancel(background());
    const stop = afterFunc(ctx, () => expect.fail("was taken back"));
    expect(stop()).toBe(true);
    expect(stop()).toBe(false);
    ctx.cancel();
    expect(stop()).toBe(false);
    await flush();
  });

  it("is false right after cancel(), though the function has not run yet, and does not keep it from running", async () => {
    const ctx = withCancel(background());
    let called = false;
    const stop = afterFunc(ctx, () => {
      called = true;
    });
    ctx.cancel();
    expect([stop(), called]).toEqual([false, false]);
    await flush();
    expect(called).toBe(true);
    expect(stop()).toBe(false);
  });

  it("of one leaves the others", async () => {
    const ctx = withCancel(background());
    const calls: string[] = [];
    const stops = ["a", "b", "c"].map((name) => afterFunc(ctx, () => calls.push(name)));
    expect(stops[1]?.()).toBe(true);
    ctx.cancel();
    await flush();
    expect(calls).toEqual(["a", "c"]);
  });

  it("leaves nothing behind: no wait, and no hold on the function", async () => {
    const watched = watch();
    const ctx = withCancel(background());
    const stop = afterFunc(ctx, () => {});
    expect(watched.waiting).toBe(1);
    stop();
    expect(watched.waiting).toBe(0);
    const other = afterFunc(ctx, () => {});
    ctx.cancel();
    expect(watched.waiting).toBe(0);
    expect(other()).toBe(false);
    watched.stop();
    await flush();
  });
});

describe("a function that fails", () => {
  it.each([
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    ["rejects", () => Promise.reject(new Error("broken"))],
  ])("(%s) stops no other, and is loud", async (_, broken) => {
    const calls: string[] = [];
    const parent = withCancel(background());
    afterFunc(parent, () => calls.push("before"));
    afterFunc(parent, broken);
    afterFunc(parent, () => calls.push("after"));
    afterFunc(withCancel(parent), () => calls.push("below"));
    const unhandled = await unhandledIn(() => parent.cancel());
    expect(calls).toEqual(["before", "after", "below"]);
    expect(unhandled).toEqual([new Error("broken")]);
  });
});

describe("refuses", () => {
  it.each([null, undefined, {}, 1, background])("what is no context: %o", (ctx) => {
    expect(() => afterFunc(ctx as never, () => {})).toThrow(/^ctx: expected a Context, got /);
  });

  it("an AbortSignal, and points to fromSignal", () => {
    expect(() => afterFunc(new AbortController().signal as never, () => {})).toThrow(
      "ctx: expected a Context, got an instance of AbortSignal; fromSignal(signal) makes a Context of it",
    );
  });

  it.each([null, undefined, {}, "f"])("what is no function: %o", (fn) => {
    expect(() => afterFunc(background(), fn as never)).toThrow(/^fn: expected a function, got /);
    const done = withTimeout(background(), 0);
    expect(() => afterFunc(done, fn as never)).toThrow(TypeError);
  });
});
