import { flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Chan, Ticker } from "../src/index.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const filled = (...values: unknown[]) => {
  const ch = new Chan<unknown>(values.length);
  for (const value of values) ch.trySend(value);
  return ch;
};

describe("for await", () => {
  it("receives everything until the channel is closed and drained", async () => {
    const ch = filled(1, 2, 3);
    ch.close();
    const got: unknown[] = [];
    for await (const value of ch) got.push(value);
    expect(got).toEqual([1, 2, 3]);
  });

  it("is not ended by undefined or null, and does not unwrap promises", async () => {
    const promise = Promise.resolve(1);
    const ch = filled(undefined, null, promise, "last");
    ch.close();
    const got: unknown[] = [];
    for await (const value of ch) got.push(value);
    expect(got).toHaveLength(4);
    expect(got[2]).toBe(promise);
    expect(got[3]).toBe("last");
  });

  it("throws the cause once the channel is drained", async () => {
    const ch = filled(1);
    ch.close("cause");
    const got: unknown[] = [];
    const loop = (async () => {
      for await (const value of ch) got.push(value);
    })();
    await expect(loop).rejects.toBe("cause");
    expect(got).toEqual([1]);
  });

  it("throws the cause of a channel that is closed while it waits", async () => {
    const ch = new Chan<number>();
    const next = ch[Symbol.asyncIterator]().next();
    ch.close("cause");
    await expect(next).rejects.toBe("cause");
    expect(watched.waiting).toBe(0);
  });

  it("left by break, neither closes the channel nor leaves a waiter", async () => {
    const ch = filled(1, 2);
    for await (const value of ch) {
      expect(value).toBe(1);
      break;
    }
    expect(String(ch)).toBe("Chan(1 of 2 buffered)");
    expect(ch.trySend(3)).toBe(true);
    expect(watched.waiting).toBe(0);
  });

  it("takes values that are sent while it waits", async () => {
    const ch = new Chan<number>();
    const got: number[] = [];
    const loop = (async () => {
      for await (const value of ch) got.push(value);
    })();
    for (let i = 0; i < 5; i++) await ch.send(i);
    ch.close();
    await loop;
    expect(got).toEqual([0, 1, 2, 3, 4]);
  });

  it("works on a ticker's channel", async () => {
    using ticker = new Ticker(1);
    let ticks = 0;
    for await (const instant of ticker.c) {
      expect(instant).toBeInstanceOf(Date);
      if (++ticks === 2) break;
    }
    expect(watched.waiting).toBe(0);
  });
});

describe("concurrent next() calls", () => {
  it("get values in the order they were called", async () => {
    const ch = new Chan<number>();
    const iterator = ch[Symbol.asyncIterator]();
    const calls = [iterator.next(), iterator.next(), iterator.next()];
    for (let i = 0; i < 3; i++) ch.trySend(i);
    expect(await Promise.all(calls)).toEqual([0, 1, 2].map((value) => ({ value, done: false })));
  });

  it("all end when the channel is closed", async () => {
    const ch = new Chan<number>();
    const iterator = ch[Symbol.asyncIterator]();
    const calls = [iterator.next(), iterator.next()];
    ch.close();
    expect(await Promise.all(calls)).toEqual(new Array(2).fill({ value: undefined, done: true }));
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });
});

describe("return()", () => {
  it("ends the next() calls that wait, takes them off the channel, and takes no value of others", async () => {
    const ch = new Chan<number>();
    const iterator = ch[Symbol.asyncIterator]();
    const calls = [iterator.next(), iterator.next()];
    const other = ch.recv();
    expect(String(ch)).toBe("Chan(0 of 0 buffered, 3 receiving)");
    expect(await iterator.return?.()).toEqual({ value: undefined, done: true });
    expect(await Promise.all(calls)).toEqual(new Array(2).fill({ value: undefined, done: true }));
    expect(String(ch)).toBe("Chan(0 of 0 buffered, 1 receiving)");
    ch.trySend(1);
    expect(await other).toEqual({ value: 1, ok: true });
    expect(watched.waiting).toBe(0);
  });

  it("leaves a value that was granted in the same tick to its next()", async () => {
    const ch = new Chan<number>();
    const iterator = ch[Symbol.asyncIterator]();
    const next = iterator.next();
    ch.trySend(1);
    void iterator.return?.();
    expect(await next).toEqual({ value: 1, done: false });
  });

  it("ends the iterator: a later next() takes nothing", async () => {
    const ch = filled(1);
    const iterator = ch[Symbol.asyncIterator]();
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
    expect(ch.length).toBe(1);
  });

  it("ends this iterator only", async () => {
    const ch = new Chan<number>();
    const one = ch[Symbol.asyncIterator]();
    const two = ch[Symbol.asyncIterator]();
    const waiting = two.next();
    await one.return?.();
    expect(await stateOf(waiting)).toEqual({ status: "pending" });
    ch.trySend(5);
    await flush();
    expect(await waiting).toEqual({ value: 5, done: false });
  });
});
