import { flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Held, MisuseError, RWMutex } from "../src/index.ts";
import { deferred, orderOf } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const pending = { status: "pending" };

describe("readers and writers", () => {
  it("lets readers in together, and a writer when the last of them has left", async () => {
    const rw = new RWMutex();
    const readers = await Promise.all([rw.rLock(), rw.rLock(), rw.rLock()]);
    expect(rw.readers).toBe(3);
    const writer = rw.lock();
    readers[0]?.unlock();
    readers[1]?.unlock();
    expect(await stateOf(writer)).toEqual(pending);
    readers[2]?.unlock();
    expect([rw.locked, rw.readers]).toEqual([true, 0]);
    await writer;
  });

  it("lets nobody in beside a writer", async () => {
    const rw = new RWMutex();
    const held = await rw.lock();
    expect([rw.tryLock(), rw.tryRLock()]).toEqual([undefined, undefined]);
    const waits = [rw.lock(), rw.rLock()];
    expect(await Promise.all(waits.map(stateOf))).toEqual([pending, pending]);
    expect(rw.waiting).toBe(2);
    held.unlock();
    expect((await stateOf(waits[1] as Promise<Held>)).status).toBe("fulfilled");
  });

  it("makes a reader wait that comes after a waiting writer: no stream of readers starves a writer", async () => {
    const rw = new RWMutex();
    const reader = await rw.rLock();
    const writer = rw.lock();
    const order = orderOf([writer, rw.rLock()]);
    expect(rw.tryRLock()).toBeUndefined();
    await flush();
    expect(order).toEqual([]);
    reader.unlock();
    await flush();
    expect(order).toEqual([0]);
    (await writer).unlock();
    await flush();
    expect(order).toEqual([0, 1]);
  });

  it("lets all waiting readers in before the next writer when a writer leaves: no stream of writers starves a reader", async () => {
    const rw = new RWMutex();
    const first = await rw.lock();
    const second = rw.lock();
    const readers = [rw.rLock(), rw.rLock()];
    first.unlock();
    expect([rw.locked, rw.readers]).toEqual([false, 2]);
    const late = rw.rLock();
    expect(rw.readers).toBe(2);
    for (const reader of readers) (await reader).unlock();
    expect([rw.locked, rw.readers]).toEqual([true, 0]);
    (await second).unlock();
    expect(rw.readers).toBe(1);
    await late;
  });

  it("bounds every wait: with writers and readers always in line, turns alternate", async () => {
    const rw = new RWMutex();
    const turns: string[] = [];
    const loop = async (name: string, lock: () => Promise<Held>) => {
      for (let i = 0; i < 20; i++) {
        const held = await lock();
        turns.push(name);
        await Promise.resolve();
        held.unlock();
      }
    };
    await Promise.all([loop("w", () => rw.lock()), loop("w", () => rw.lock()), loop("r", () => rw.rLock())]);
    const busy = turns.slice(0, turns.lastIndexOf("r") + 1).join("");
    expect(busy).not.toMatch(/www/);
    expect(busy).not.toMatch(/rr/);
  });

  it("serves writers in the order they came", async () => {
    const rw = new RWMutex();
    const held = await rw.lock();
    const order = orderOf(Array.from({ length: 10 }, () => rw.lock().then((next) => next.unlock())));
    held.unlock();
    await flush();
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe("a Held of a reader", () => {
  it("frees its own turn, once", async () => {
    const rw = new RWMutex();
    const [first] = await Promise.all([rw.rLock(), rw.rLock()]);
    for (let i = 0; i < 3; i++) first.unlock();
    first[Symbol.dispose]();
    expect(rw.readers).toBe(1);
  });
});

describe("rUnlock", () => {
  it("frees one reader and spends the Held of the one that entered last", async () => {
    const rw = new RWMutex();
    const first = await rw.rLock();
    const second = await rw.rLock();
    rw.rUnlock();
    expect(rw.readers).toBe(1);
    second.unlock();
    expect(rw.readers).toBe(1);
    first.unlock();
    expect(rw.readers).toBe(0);
    expect(() => rw.rUnlock()).toThrow(new MisuseError("sync: RUnlock of unlocked RWMutex"));
  });

  it("does not touch what runShared has taken", async () => {
    const rw = new RWMutex();
    const gate = deferred();
    const running = rw.runShared(() => gate.promise);
    expect(() => rw.rUnlock()).toThrow(MisuseError);
    gate.resolve();
    await running;
    expect(rw.readers).toBe(0);
  });

  it("and unlock throw, each for its own side, in Go's words", async () => {
    const rw = new RWMutex();
    await rw.rLock();
    expect(() => rw.unlock()).toThrow(new MisuseError("sync: Unlock of unlocked RWMutex"));
    rw.rUnlock();
    await rw.lock();
    expect(() => rw.rUnlock()).toThrow(MisuseError);
    rw.unlock();
    expect(rw.locked).toBe(false);
  });
});

describe("tryLock and tryRLock", () => {
  it("take what is free, and never wait", () => {
    const rw = new RWMutex();
    const reader = rw.tryRLock();
    expect(rw.tryRLock()).toBeDefined();
    expect(rw.tryLock()).toBeUndefined();
    reader?.unlock();
    rw.rUnlock();
    expect(rw.tryLock()).toBeDefined();
    expect(rw.tryRLock()).toBeUndefined();
    expect(rw.waiting).toBe(0);
  });
});

describe("runExclusive and runShared", () => {
  it("run with the lock held, give what the function returns, and free the lock", async () => {
    const rw = new RWMutex();
    expect(await rw.runExclusive(() => rw.locked)).toBe(true);
    expect(await rw.runShared(async () => rw.readers)).toBe(1);
    await expect(rw.runShared(() => Promise.reject("no"))).rejects.toBe("no");
    await expect(rw.runExclusive(() => Promise.reject("no"))).rejects.toBe("no");
    expect([rw.locked, rw.readers]).toEqual([false, 0]);
  });

  it("wait for their turn", async () => {
    const rw = new RWMutex();
    const held = await rw.lock();
    const calls = [rw.runShared(() => rw.readers), rw.runExclusive(() => rw.locked)];
    expect(await Promise.all(calls.map(stateOf))).toEqual([pending, pending]);
    held.unlock();
    expect(await Promise.all(calls)).toEqual([1, true]);
    expect([rw.locked, rw.readers]).toEqual([false, 0]);
  });

  it("reject what is not a function and a cancelled source", async () => {
    const rw = new RWMutex();
    await expect(rw.runShared(1 as never)).rejects.toThrow(TypeError);
    await expect(rw.runExclusive(1 as never)).rejects.toThrow(TypeError);
    await expect(rw.runShared(() => 1, AbortSignal.abort("before"))).rejects.toBe("before");
    await expect(rw.runExclusive(() => 1, AbortSignal.abort("before"))).rejects.toBe("before");
    expect([rw.locked, rw.readers]).toEqual([false, 0]);
  });
});

describe("downgrade", () => {
  it("turns the write lock into a read lock, and no writer comes in between", async () => {
    const rw = new RWMutex();
    const written = await rw.lock();
    const writer = rw.lock();
    const reader = rw.rLock();
    const held = rw.downgrade(written);
    expect([rw.locked, rw.readers]).toEqual([false, 2]);
    written.unlock();
    (await reader).unlock();
    expect([rw.locked, rw.readers]).toEqual([false, 1]);
    held.unlock();
    await writer;
    held.unlock();
    expect(rw.locked).toBe(true);
  });

  it("throws for a Held that does not hold the write lock", async () => {
    const rw = new RWMutex();
    const spent = await rw.lock();
    spent.unlock();
    const other = await new RWMutex().lock();
    const reader = await rw.rLock();
    for (const held of [spent, other, reader]) expect(() => rw.downgrade(held)).toThrow(MisuseError);
    expect(rw.readers).toBe(1);
  });
});

describe("cancelling", () => {
  it("a waiting writer lets the readers behind it in (C4)", async () => {
    const rw = new RWMutex();
    await rw.rLock();
    const controller = new AbortController();
    const writer = rw.lock(controller.signal);
    const readers = [rw.rLock(), rw.rLock()];
    expect(rw.readers).toBe(1);
    controller.abort("enough");
    expect([rw.readers, rw.waiting]).toEqual([3, 0]);
    await Promise.all([...readers, expect(writer).rejects.toBe("enough")]);
  });

  it("one waiting writer of two does not", async () => {
    const rw = new RWMutex();
    const reader = await rw.rLock();
    const controller = new AbortController();
    const cancelled = rw.lock(controller.signal);
    const writer = rw.lock();
    const late = rw.rLock();
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    expect(rw.readers).toBe(1);
    reader.unlock();
    (await writer).unlock();
    await late;
    expect(rw.readers).toBe(1);
  });

  it("a writer and the readers behind it by one signal lets none of those readers in, but the others", async () => {
    const rw = new RWMutex();
    await rw.rLock();
    const { signal, abort } = aborter();
    const cancelled = [rw.lock(signal), rw.rLock(signal), rw.lock(signal), rw.rLock(signal)];
    const other = rw.rLock();
    abort();
    const states = await Promise.all(cancelled.map(stateOf));
    expect(states).toEqual(cancelled.map(() => ({ status: "rejected", reason: "enough" })));
    expect((await stateOf(other)).status).toBe("fulfilled");
    expect([rw.readers, rw.waiting, watched.waiting]).toEqual([2, 0, 0]);
  });

  it("all writers in line, in the step in which the last reader leaves, lets the readers in", async () => {
    const rw = new RWMutex();
    const reader = await rw.rLock();
    const { signal, abort } = aborter();
    signal.addEventListener("abort", () => reader.unlock());
    const cancelled = rw.lock(signal);
    const other = rw.rLock();
    abort();
    await expect(cancelled).rejects.toBe("enough");
    expect((await stateOf(other)).status).toBe("fulfilled");
  });
});

it("uncontended read locks leave nothing behind", async () => {
  const rw = new RWMutex();
  for (let i = 0; i < 1000; i++) (await rw.rLock()).unlock();
  expect([rw.readers, rw.waiting, watched.waiting]).toEqual([0, 0, 0]);
});

describe("printing an RWMutex", () => {
  it("shows its state and its name", async () => {
    const rw = new RWMutex({ name: "prices" });
    expect(String(rw)).toBe('RWMutex("prices", unlocked)');
    const reader = await rw.rLock();
    expect(String(rw)).toBe('RWMutex("prices", 1 reader)');
    void rw.rLock();
    void rw.lock();
    expect(String(rw)).toBe('RWMutex("prices", 2 readers, 1 waiting)');
    reader.unlock();
    rw.rUnlock();
    expect(String(rw)).toBe('RWMutex("prices", locked)');
  });
});

function aborter() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort("enough") };
}
