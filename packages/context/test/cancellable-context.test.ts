import { countListeners, useFakeClock } from "@conc/internal/testkit";
import { releaseContext } from "@conc/internal";
import { describe, expect, it } from "vitest";
import {
  background,
  type CancelContext,
  DeadlineExceededError,
  fromSignal,
  withCancel,
  withTimeout,
} from "../src/index.ts";

const release = (ctx: CancelContext) => (ctx as unknown as Record<typeof releaseContext, () => void>)[releaseContext]();

describe("a context that was released", () => {
  it("goes on when its parent ends, and can still be cancelled", () => {
    const parent = withCancel(background());
    const ctx = withCancel(parent);
    const child = withCancel(ctx);
    release(ctx);
    parent.cancel();
    expect([ctx.err, child.err]).toEqual([undefined, undefined]);
    ctx.cancel("by hand");
    expect([ctx.cause, child.cause]).toEqual(["by hand", "by hand"]);
  });

  it("has no deadline any more, neither its own nor its parent's, and no timer", async () => {
    const clock = useFakeClock();
    const parent = withTimeout(background(), 200);
    const [own, inherited] = [withTimeout(parent, 100), withCancel(parent)];
    release(own);
    release(inherited);
    expect([own.deadline, inherited.deadline, clock.timers]).toEqual([undefined, undefined, 1]);
    await clock.advance(300);
    expect([own.err, inherited.err]).toEqual([undefined, undefined]);
    expect(String(own)).toContain(".WithTimeout(never)");
    clock.restore();
  });

  it("gives those who come later a deadline that holds", async () => {
    const clock = useFakeClock();
    const ctx = withTimeout(background(), 100);
    release(ctx);
    const child = withTimeout(ctx, 200);
    await clock.advance(199);
    expect(child.err).toBeUndefined();
    await clock.advance(1);
    expect(child.err).toBeInstanceOf(DeadlineExceededError);
    clock.restore();
  });

  it("has left its signal, so that it holds no listener", () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const ctx = fromSignal(controller.signal);
    release(ctx);
    expect(listeners.now).toBe(0);
    controller.abort();
    expect(ctx.err).toBeUndefined();
  });

  it("after its end is as it was, its deadline to show included", () => {
    const ctx = withTimeout(background(), 1e6);
    ctx.cancel("over");
    release(ctx);
    expect(ctx.cause).toBe("over");
    expect(ctx.deadline).toBeInstanceOf(Date);
  });
});

describe("cancel", () => {
  it("taken off its context is a loud mistake", () => {
    const { cancel } = withCancel(background());
    expect(() => cancel()).toThrow(TypeError);
  });
});
