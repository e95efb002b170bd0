import { describe, expect, it } from "vitest";
import {
  type CancelSource,
  cancelSource,
  List,
  park,
  refusal,
  sourceOf,
  subscribe,
  type Subscription,
  Waiter,
} from "../src/index.ts";
import { countListeners, stateOf } from "../testkit/index.ts";

describe("a bare AbortSignal", () => {
  it("has one listener for 5,000 waiters, and none afterwards", async () => {
    const { signal, abort } = abortable();
    const listeners = countListeners(signal);
    const all = Array.from({ length: 5_000 }, () => park(new Waiter(), signal));
    expect(listeners).toEqual({ now: 1, most: 1 });
    abort("stop");
    const settled = await Promise.allSettled(all);
    expect(settled.every((one) => one.status === "rejected" && one.reason === "stop")).toBe(true);
    expect(listeners.now).toBe(0);
  });

  it("has no listener once the last of its waiters was served", () => {
    const { signal } = abortable();
    const listeners = countListeners(signal);
    const waiters = [new Waiter(), new Waiter()];
    for (const waiter of waiters) void park(waiter, signal);
    waiters[0]?.settle(1);
    expect(listeners.now).toBe(1);
    waiters[1]?.settle(1);
    expect(listeners.now).toBe(0);
  });

  it("ends its waiters in the order they came", () => {
    const { signal, abort } = abortable();
    const order: number[] = [];
    for (let i = 0; i < 3; i++) subscribe(signal, { onCancel: () => order.push(i) });
    abort();
    expect(order).toEqual([0, 1, 2]);
  });

  it("does not tell one who was served by the ending of another", () => {
    const { signal, abort } = abortable();
    const told: string[] = [];
    let second: Subscription | undefined;
    subscribe(signal, {
      onCancel: () => {
        told.push("first");
        second?.end();
      },
    });
    second = subscribe(signal, { onCancel: () => told.push("second") });
    subscribe(signal, { onCancel: () => told.push("third") });
    abort();
    expect(told).toEqual(["first", "third"]);
  });

  it("has the same source everywhere, and a signal by shape is one too", () => {
    const { signal } = abortable();
    expect(sourceOf({ signal })).toBe(sourceOf(signal));
    const polyfill = { aborted: false, reason: undefined, addEventListener() {}, removeEventListener() {} };
    expect(sourceOf(polyfill as never).cancelled).toBe(false);
  });

  it("an ended subscription may be ended again", () => {
    const { signal, abort } = abortable();
    const listeners = countListeners(signal);
    const subscription = subscribe(signal, { onCancel: () => expect.fail("had left") });
    subscription.end();
    subscription.end();
    expect(listeners.now).toBe(0);
    abort();
  });
});

describe("a source of its own", () => {
  class Own implements CancelSource {
    readonly list = new List<Subscription>();
    cancelled = false;
    reason: unknown;
    get [cancelSource](): this {
      return this;
    }
    get signal(): AbortSignal {
      return expect.fail("no AbortSignal may be made");
    }
    subscribe(subscription: Subscription): void {
      this.list.push(subscription);
    }
    unsubscribe(subscription: Subscription): void {
      this.list.remove(subscription);
    }
  }

  it("is asked before its signal is", async () => {
    const own = new Own();
    expect(refusal(own)).toBeUndefined();
    const waiter = new Waiter();
    const promise = park(waiter, own);
    expect(own.list.size).toBe(1);
    waiter.onCancel("stop");
    await expect(promise).rejects.toBe("stop");
    expect(own.list.size).toBe(0);
    own.cancelled = true;
    own.reason = "over";
    await expect(refusal(own)).rejects.toBe("over");
  });
});

describe("refusal", () => {
  it("lets a call without a source, and one whose source is not cancelled, go on", () => {
    expect(refusal(undefined)).toBeUndefined();
    expect(refusal(abortable().signal)).toBeUndefined();
    expect(refusal({ signal: abortable().signal })).toBeUndefined();
  });

  it("rejects with the reason as it is", async () => {
    for (const reason of ["x", 0, null, { a: 1 }]) {
      await expect(refusal(AbortSignal.abort(reason))).rejects.toBe(reason);
    }
    expect(await stateOf(refusal(AbortSignal.abort()) as Promise<never>)).toMatchObject({
      status: "rejected",
      reason: { name: "AbortError" },
    });
  });

  it("rejects what is no source, and sourceOf throws for it", async () => {
    await expect(refusal(5 as never)).rejects.toThrow(
      "cancel: expected an AbortSignal, a Context or an object with a signal, got 5",
    );
    expect(() => sourceOf({} as never)).toThrow(TypeError);
    expect(() => sourceOf(Object.create(null))).toThrow("got an instance of Object");
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason?: unknown) => controller.abort(reason) };
}
