import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { background, CanceledError, contextKey, withCancel, withTimeout, withValue } from "../src/index.ts";

describe("a context that is open", () => {
  it("has no error, no cause and no deadline, and neither its signal nor its channel says otherwise", async () => {
    const ctx = withCancel(background());
    expect([ctx.err, ctx.cause, ctx.deadline]).toEqual([undefined, undefined, undefined]);
    expect(ctx.signal.aborted).toBe(false);
    expect(ctx.done.tryRecv()).toBeUndefined();
    expect(await stateOf(ctx.done.recv())).toEqual({ status: "pending" });
  });

  it("has one signal and one channel, the same each time they are asked for", () => {
    const ctx = withCancel(background());
    expect(ctx.signal).toBe(ctx.signal);
    expect(ctx.done).toBe(ctx.done);
    ctx.cancel();
    expect(ctx.signal).toBe(ctx.signal);
    expect(ctx.done).toBe(ctx.done);
  });
});

describe("cancel", () => {
  it("ends the context in the call: error, signal and channel", () => {
    const ctx = withCancel(background());
    const { signal, done } = ctx;
    ctx.cancel();
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(signal.aborted).toBe(true);
    expect(done.tryRecv()).toEqual({ value: undefined, ok: false });
  });

  it("signal.reason is err, whether the signal was first asked for before the end or after", () => {
    const [before, after] = [withCancel(background()), withCancel(background())];
    const { signal } = before;
    for (const ctx of [before, after]) ctx.cancel(new Error("the cause"));
    expect([signal.aborted, after.signal.aborted]).toEqual([true, true]);
    expect(signal.reason).toBe(before.err);
    expect(after.signal.reason).toBe(after.err);
  });

  it("without a cause: ctx.cause is ctx.err, and the error has no cause", () => {
    const ctx = withCancel(background());
    ctx.cancel();
    expect(ctx.cause).toBe(ctx.err);
    expect(Object.hasOwn(ctx.err as Error, "cause")).toBe(false);
  });

  it.each([new Error("the user left"), "a text", null, 0, false, Symbol("s"), { any: "thing" }])(
    "with a cause, of whatever type (%s): it is ctx.cause and err.cause",
    (cause) => {
      const ctx = withCancel(background());
      ctx.cancel(cause);
      expect(ctx.cause).toBe(cause);
      expect(ctx.err?.cause).toBe(cause);
      expect(ctx.err).toBeInstanceOf(CanceledError);
    },
  );

  it("the first end counts; later cancels change nothing", () => {
    const ctx = withCancel(background());
    ctx.cancel("first");
    const { err } = ctx;
    ctx.cancel("second");
    ctx.cancel();
    expect(ctx.err).toBe(err);
    expect(ctx.cause).toBe("first");
  });

  it("makes an error of its own each time, whose stack is not the module's load", () => {
    const ctxs = [withCancel(background()), withCancel(background())];
    function canceller() {
      for (const ctx of ctxs) {
        ctx.cancel();
        expect(ctx.err?.stack).toContain("canceller");
      }
    }
    canceller();
    expect(ctxs[0]?.err).not.toBe(ctxs[1]?.err);
  });

  it("of a child touches neither the parent nor its other children", () => {
    const parent = withCancel(background());
    const child = withCancel(parent);
    const sibling = withCancel(parent);
    child.cancel();
    expect(parent.err).toBeUndefined();
    expect(sibling.err).toBeUndefined();
    expect(parent.signal.aborted).toBe(false);
    parent.cancel("all");
    expect(sibling.cause).toBe("all");
  });

  it("ends all that is below, with the same error and cause", () => {
    const parent = withCancel(background());
    const child = withCancel(parent);
    const grandchildren = [withCancel(child), withTimeout(child, 60_000), withValue(child, contextKey("k"), 1)];
    const cause = new Error("everything stops");
    parent.cancel(cause);
    for (const ctx of [child, ...grandchildren]) {
      expect(ctx.err).toBe(parent.err);
      expect(ctx.cause).toBe(cause);
      expect(ctx.signal.reason).toBe(parent.err);
      expect(ctx.done.tryRecv()?.ok).toBe(false);
    }
  });

  it("leaves what ended before as it was", () => {
    const parent = withCancel(background());
    const child = withCancel(parent);
    const grandchild = withCancel(child);
    child.cancel("early");
    parent.cancel("late");
    expect([child.cause, grandchild.cause, parent.cause]).toEqual(["early", "early", "late"]);
  });
});

describe("a child of a context that is done", () => {
  it("is done from the start, with the parent's error and cause", () => {
    const parent = withCancel(background());
    parent.cancel("over");
    const child = withCancel(parent);
    expect(child.err).toBe(parent.err);
    expect(child.cause).toBe("over");
    expect(child.signal.reason).toBe(parent.err);
    expect(child.done.tryRecv()?.ok).toBe(false);
    child.cancel("mine");
    expect(child.cause).toBe("over");
  });
});

describe("using", () => {
  it("cancels at the end of the scope, without a cause", () => {
    let outside: ReturnType<typeof withCancel>;
    {
      using ctx = withCancel(background());
      outside = ctx;
      expect(ctx.err).toBeUndefined();
    }
    expect(outside.err).toBeInstanceOf(CanceledError);
    expect(outside.cause).toBe(outside.err);
  });

  it("cancels when the scope is left by an error", () => {
    const ctx = withCancel(background());
    expect(() => {
      using scoped = ctx;
      throw new Error(`with ${scoped.err}`);
    }).toThrow("with undefined");
    expect(ctx.err).toBeInstanceOf(CanceledError);
  });

  it("changes nothing about a context that has ended", () => {
    const ctx = withCancel(background());
    {
      using scoped = ctx;
      scoped.cancel("by hand");
    }
    expect(ctx.cause).toBe("by hand");
  });
});

describe("what is no parent", () => {
  it.each([null, undefined])("%s: says it in Go's words", (parent) => {
    expect(() => withCancel(parent as never)).toThrow(
      new TypeError("context: cannot create a context from a null parent"),
    );
  });

  it("an AbortSignal: points to fromSignal", () => {
    expect(() => withCancel(new AbortController().signal as never)).toThrow(
      new TypeError(
        "parent: expected a Context, got an instance of AbortSignal; fromSignal(signal) makes a Context of it",
      ),
    );
  });

  it.each([
    [new AbortController(), "an instance of AbortController"],
    [{}, "an instance of Object"],
    [Object.create(null), "an instance of Object"],
    [{ value: () => undefined, signal: new AbortController().signal }, "an instance of Object"],
    [{ value: 1, signal: new AbortController().signal, done: { recv: () => {} } }, "an instance of Object"],
    [() => background(), "function"],
    [background, "function background"],
    ["background", '"background"'],
    [17, "17"],
    [Symbol("s"), "Symbol(s)"],
  ])("%o: says what it got", (parent, got) => {
    expect(() => withCancel(parent as never)).toThrow(new TypeError(`parent: expected a Context, got ${got}`));
  });
});
