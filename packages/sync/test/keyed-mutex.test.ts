import { countListeners, flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KeyedMutex } from "../src/index.ts";
import { orderOf } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const pending = { status: "pending" };

describe("a keyed mutex", () => {
  it("locks each key by itself", async () => {
    const mu = new KeyedMutex<string>();
    const a = await mu.lock("a");
    await mu.lock("b");
    const next = mu.lock("a");
    expect(await stateOf(next)).toEqual(pending);
    expect([mu.locked("a"), mu.waiting("a"), mu.waiting("b"), mu.locked("c")]).toEqual([true, 1, 0, false]);
    a.unlock();
    await next;
  });

  it("tells keys apart as a Map does", async () => {
    const mu = new KeyedMutex<unknown>();
    const object = {};
    for (const key of [1, "1", object, {}, Number.NaN, undefined, null, Symbol("s")]) {
      expect((await stateOf(mu.lock(key))).status).toBe("fulfilled");
    }
    expect(await stateOf(mu.lock(object))).toEqual(pending);
    expect(await stateOf(mu.lock(Number.NaN))).toEqual(pending);
  });

  it("frees keys that nobody uses", async () => {
    const mu = new KeyedMutex<number>();
    for (let key = 0; key < 100; key++) (await mu.lock(key)).unlock();
    expect(mu.size).toBe(0);
    const held = await mu.lock(1);
    const next = mu.lock(1);
    held.unlock();
    expect(mu.size).toBe(1);
    (await next).unlock();
    expect(mu.size).toBe(0);
    mu.tryLock(1)?.unlock();
    expect(mu.size).toBe(0);
  });

  it("lets a stale Held do nothing to who has the key now", async () => {
    const mu = new KeyedMutex<string>();
    const stale = await mu.lock("a");
    stale.unlock();
    await mu.lock("a");
    stale.unlock();
    expect(mu.tryLock("a")).toBeUndefined();
  });

  it("is not left with a key by a call that was refused", async () => {
    const mu = new KeyedMutex<string>();
    await expect(mu.lock("a", AbortSignal.abort("before"))).rejects.toBe("before");
    await expect(mu.lockAll(["a", "b"], AbortSignal.abort("before"))).rejects.toBe("before");
    await expect(mu.runExclusive("a", 1 as never)).rejects.toThrow(TypeError);
    await expect(mu.runExclusive("a", () => 1, AbortSignal.abort("before"))).rejects.toBe("before");
    expect(mu.size).toBe(0);
  });

  it("lets a waiting call be cancelled, and leaves no trace", async () => {
    const mu = new KeyedMutex<string>();
    const held = await mu.lock("a");
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const cancelled = mu.lock("a", controller.signal);
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    held.unlock();
    expect([mu.size, watched.waiting, listeners.now]).toEqual([0, 0, 0]);
  });
});

describe("runExclusive", () => {
  it("runs one function at a time per key, gives what it returns, and frees the key", async () => {
    const mu = new KeyedMutex<string>();
    const running: string[] = [];
    const run = (key: string) =>
      mu.runExclusive(key, async () => {
        running.push(key);
        expect(running.filter((other) => other === key)).toHaveLength(1);
        await flush();
        running.splice(running.indexOf(key), 1);
        return key;
      });
    expect(await Promise.all(["a", "b", "a", "b", "a"].map(run))).toEqual(["a", "b", "a", "b", "a"]);
    await expect(mu.runExclusive("a", () => Promise.reject(undefined))).rejects.toBe(undefined);
    expect(mu.size).toBe(0);
  });
});

describe("lockAll", () => {
  it("takes all keys, each once, in one Held", async () => {
    const mu = new KeyedMutex<string>();
    const held = await mu.lockAll(["a", "b", "a", "b"]);
    expect([mu.locked("a"), mu.locked("b"), mu.size]).toEqual([true, true, 2]);
    held.unlock();
    held.unlock();
    expect(mu.size).toBe(0);
  });

  it("resolves at once for no keys", async () => {
    const mu = new KeyedMutex<string>();
    (await mu.lockAll([])).unlock();
    expect(mu.size).toBe(0);
  });

  it("takes any iterable, and rejects what is none", async () => {
    const mu = new KeyedMutex<string>();
    await mu.lockAll(new Set(["a"]).values());
    expect(mu.locked("a")).toBe(true);
    await expect(mu.lockAll(1 as never)).rejects.toThrow(TypeError);
  });

  it("is refused when what gives the keys cancels it, and takes nothing", async () => {
    const mu = new KeyedMutex<string>();
    await mu.lock("a");
    const controller = new AbortController();
    const keys = function* () {
      yield "a";
      controller.abort("enough");
      yield "b";
    };
    await expect(mu.lockAll(keys(), controller.signal)).rejects.toBe("enough");
    expect([mu.waiting("a"), mu.size]).toEqual([0, 1]);
  });

  it("of [a, b] and [b, a] at the same time does not deadlock", async () => {
    const mu = new KeyedMutex<string>();
    const order: string[] = [];
    const take = async (...keys: string[]) => {
      using _ = await mu.lockAll(keys);
      await flush();
      order.push(keys.join(""));
    };
    const other = await mu.lock("b");
    const taking = [take("a", "b"), take("b", "a"), take("a", "b", "c"), take("c", "a")];
    await flush();
    other.unlock();
    await Promise.all(taking);
    expect(order.toSorted()).toEqual(["ab", "abc", "ba", "ca"]);
    expect(mu.size).toBe(0);
  });

  it("does not deadlock on keys that have no order of their own", async () => {
    const mu = new KeyedMutex<unknown>();
    const keys: unknown[] = [{}, {}, Symbol("s"), Symbol("s"), Number.NaN, undefined, null, "x", 1, 1n, () => 1];
    const done: number[] = [];
    const rotated = keys.map((_, i) => [...keys.slice(i), ...keys.slice(0, i)]);
    await Promise.all(
      [...rotated, ...rotated.map((list) => list.toReversed())].map(async (list, i) => {
        using _ = await mu.lockAll(list);
        await Promise.resolve();
        done.push(i);
      }),
    );
    expect(done).toHaveLength(keys.length * 2);
    expect(mu.size).toBe(0);
  });

  it("agrees on the order with calls that began before a key was freed and used again", async () => {
    const mu = new KeyedMutex<string>();
    const b = await mu.lock("b");
    const first = mu.lockAll(["b", "a"]);
    // "a" is free, and its place is kept: only because the first call is going to take it.
    (await mu.lock("a")).unlock();
    const second = mu.lockAll(["a", "b"]);
    b.unlock();
    (await first).unlock();
    (await second).unlock();
    expect(mu.size).toBe(0);
  });

  it("goes on with the other keys in the step in which it gets the one it waited for", async () => {
    const mu = new KeyedMutex<string>();
    const a = await mu.lock("a");
    const all = mu.lockAll(["a", "b", "c"]);
    expect([mu.locked("b"), mu.locked("c")]).toEqual([false, false]);
    a.unlock();
    expect([mu.locked("a"), mu.locked("b"), mu.locked("c")]).toEqual([true, true, true]);
    await all;
  });

  it("serves the calls for a key in the order they came to it", async () => {
    const mu = new KeyedMutex<string>();
    const a = await mu.lock("a");
    const order = orderOf([mu.lockAll(["a", "b"]), mu.lock("a"), mu.lockAll(["a"])]);
    a.unlock();
    await flush();
    expect(order).toEqual([0]);
  });

  it("that is cancelled gives back what it has, in the same step, and leaves no trace", async () => {
    const mu = new KeyedMutex<string>();
    const first = await mu.lock("a");
    first.unlock();
    const b = await mu.lock("b");
    await mu.lock("c");
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const cancelled = mu.lockAll(["b", "c", "d"], controller.signal);
    b.unlock();
    const waiting = mu.lock("b");
    expect([mu.locked("b"), mu.waiting("b"), mu.waiting("c"), mu.size]).toEqual([true, 1, 1, 3]);
    controller.abort("enough");
    expect([mu.waiting("b"), mu.waiting("c"), mu.size]).toEqual([0, 0, 2]);
    await expect(cancelled).rejects.toBe("enough");
    await waiting;
    expect([watched.waiting, listeners.now]).toEqual([0, 0]);
  });

  it("of a long chain of calls on one signal can be cancelled without a deep stack", async () => {
    const mu = new KeyedMutex<number>();
    const length = 20_000;
    // Settles the order of the keys: 0, 1, 2, ...
    const all = await mu.lockAll(Array.from({ length }, (_, key) => key));
    const controller = new AbortController();
    // Each call gets its first key and waits for the next, which the call before it has.
    const calls = Array.from({ length: length - 1 }, (_, i) => {
      const key = length - 2 - i;
      return mu.lockAll([key, key + 1], controller.signal);
    });
    const last = mu.lock(length - 1);
    all.unlock();
    const settled = Promise.allSettled(calls);
    controller.abort("enough");
    await settled;
    (await last).unlock();
    expect([mu.size, watched.waiting]).toEqual([0, 0]);
  }, 60_000);
});

describe("printing a keyed mutex", () => {
  it("says of a call that waits which key it waits for", async () => {
    const mu = new KeyedMutex<unknown>({ name: "accounts" });
    const seen: string[] = [];
    const block = vi.spyOn(watched, "block").mockImplementation(({ list }) => void seen.push(String(list?.owner)));
    for (const key of ["ann", 7]) {
      await mu.lock(key);
      void mu.lock(key);
    }
    block.mockRestore();
    expect(seen).toEqual([
      'KeyedMutex("accounts", key "ann", locked, 1 waiting)',
      'KeyedMutex("accounts", key 7, locked, 1 waiting)',
    ]);
  });

  it("shows its state and its name", async () => {
    const mu = new KeyedMutex<string>({ name: "accounts" });
    expect(String(mu)).toBe('KeyedMutex("accounts", 0 keys)');
    await mu.lock("a");
    expect(String(mu)).toBe('KeyedMutex("accounts", 1 key)');
    await mu.lock("b");
    void mu.lock("b");
    expect(String(mu)).toBe('KeyedMutex("accounts", 2 keys, 1 waiting)');
  });
});
