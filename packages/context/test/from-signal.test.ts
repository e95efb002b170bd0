import { countListeners, useFakeClock } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import {
  background,
  CanceledError,
  contextKey,
  DeadlineExceededError,
  fromSignal,
  withCancel,
  withTimeout,
  withValue,
} from "../src/index.ts";

describe("a context of a signal", () => {
  it("is done when the signal is aborted, with the signal's reason as its cause", () => {
    const controller = new AbortController();
    const ctx = fromSignal(controller.signal);
    expect(ctx.err).toBeUndefined();
    const reason = new Error("the user left");
    controller.abort(reason);
    expect(ctx.cause).toBe(reason);
    expect(ctx.err).toBeInstanceOf(CanceledError);
    expect(ctx.err?.cause).toBe(reason);
    expect(ctx.signal.reason).toBe(ctx.err);
  });

  it.each([undefined, null, "a text", 0])(
    "has signal.reason for its cause, whatever abort was given (%s)",
    (reason) => {
      const controller = new AbortController();
      const ctx = fromSignal(controller.signal);
      controller.abort(reason);
      expect(ctx.cause).toBe(controller.signal.reason);
      expect(ctx.cause).not.toBeUndefined();
    },
  );

  it("of a signal that is aborted already is done already", () => {
    const ctx = fromSignal(AbortSignal.abort("before"));
    expect(ctx.cause).toBe("before");
    expect(ctx.signal.aborted).toBe(true);
  });

  it("of AbortSignal.timeout tells the TimeoutError as its cause", () => {
    const signal = AbortSignal.abort(new DOMException("timed out", "TimeoutError"));
    expect(fromSignal(signal).cause).toBe(signal.reason);
  });

  it("can be cancelled by itself, without touching the signal", () => {
    const controller = new AbortController();
    const ctx = fromSignal(controller.signal);
    ctx.cancel("mine");
    expect(ctx.cause).toBe("mine");
    expect(controller.signal.aborted).toBe(false);
    controller.abort("later");
    expect(ctx.cause).toBe("mine");
  });

  it("ends all that is below it", () => {
    const controller = new AbortController();
    const child = withCancel(fromSignal(controller.signal));
    controller.abort("all");
    expect(child.cause).toBe("all");
  });

  it("takes a signal of another make, by its shape", () => {
    const listeners: { handleEvent(): void }[] = [];
    const polyfill = {
      aborted: false,
      reason: undefined as unknown,
      addEventListener: (_: string, listener: { handleEvent(): void }) => listeners.push(listener),
      removeEventListener: () => {},
    };
    const ctx = fromSignal(polyfill as never);
    polyfill.aborted = true;
    polyfill.reason = "by hand";
    for (const listener of listeners) listener.handleEvent();
    expect(ctx.cause).toBe("by hand");
  });

  it("takes a context's signal, and then knows the end of that context but not its values", () => {
    const key = contextKey<number>("k");
    const source = withValue(withCancel(background()), key, 1);
    const other = withCancel(source);
    const ctx = fromSignal(other.signal);
    other.cancel("the source's cause");
    expect(ctx.cause).toBe(other.err);
    expect(ctx.value(key)).toBeUndefined();
  });
});

describe("with a parent", () => {
  it("has its values, its deadline and its end", async () => {
    const clock = useFakeClock();
    const key = contextKey<string>("user");
    const parent = withTimeout(withValue(background(), key, "ada"), 100);
    const controller = new AbortController();
    const ctx = fromSignal(controller.signal, parent);
    expect(ctx.value(key)).toBe("ada");
    expect(ctx.deadline).toEqual(parent.deadline);
    await clock.advance(100);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.err).toBe(parent.err);
    clock.restore();
  });

  it("whichever ends first counts; ended both, it is the parent's", () => {
    const parent = withCancel(background());
    const controller = new AbortController();
    const ctx = fromSignal(controller.signal, parent);
    controller.abort("signal");
    parent.cancel("parent");
    expect(ctx.cause).toBe("signal");
    expect(fromSignal(controller.signal, parent).cause).toBe("parent");
  });
});

describe("the listener", () => {
  it("is one for all contexts of a signal, and gone once they have ended, however they did", () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const parent = withCancel(background());
    const byHand = fromSignal(controller.signal);
    const children = Array.from({ length: 100 }, () => fromSignal(controller.signal, parent));
    expect(listeners).toEqual({ now: 1, most: 1 });
    byHand.cancel();
    expect(listeners.now).toBe(1);
    parent.cancel();
    expect(listeners).toEqual({ now: 0, most: 1 });
    expect(children.every((ctx) => ctx.err === parent.err)).toBe(true);
    const late = fromSignal(controller.signal);
    controller.abort();
    expect(late.err).toBeInstanceOf(CanceledError);
    expect(listeners).toEqual({ now: 0, most: 1 });
  });

  it("is never added when the signal or the parent has ended", () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const parent = withCancel(background());
    parent.cancel();
    fromSignal(controller.signal, parent);
    controller.abort();
    fromSignal(controller.signal);
    expect(listeners.most).toBe(0);
  });
});

describe("refuses", () => {
  it.each([
    [undefined, "undefined"],
    [null, "null"],
    [new AbortController(), "an instance of AbortController"],
    [{ aborted: false }, "an instance of Object"],
    ["abort", '"abort"'],
  ])("what is no signal: %o", (signal, got) => {
    expect(() => fromSignal(signal as never)).toThrow(new TypeError(`signal: expected an AbortSignal, got ${got}`));
  });

  it("what is no parent, and adds no listener", () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    expect(() => fromSignal(controller.signal, null as never)).toThrow(
      "context: cannot create a context from a null parent",
    );
    expect(() => fromSignal(controller.signal, {} as never)).toThrow("parent: expected a Context, got an instance of");
    expect(listeners.most).toBe(0);
  });
});
