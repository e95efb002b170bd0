import { countListeners, flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Cond, type Locker, MisuseError, Mutex, RWMutex } from "../src/index.ts";
import { Handmade, orderOf } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const pending = { status: "pending" };

/** A Cond, its mutex, and waits that stand in line. */
async function withWaits(count: number, cancel?: AbortSignal) {
  const mu = new Mutex();
  const cond = new Cond(mu);
  const waits: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    await mu.lock();
    waits.push(cond.wait(cancel));
  }
  return { mu, cond, waits };
}

describe("wait", () => {
  it("frees the lock in the same step, and takes its place before that", async () => {
    const mu = new Mutex();
    const cond = new Cond(mu);
    await mu.lock();
    void cond.wait();
    expect([mu.locked, cond.waiting]).toEqual([false, 1]);
  });

  it("misses no signal of the one to whom it hands the lock", async () => {
    const mu = new Mutex();
    const cond = new Cond(mu);
    await mu.lock();
    const signaller = mu.runExclusive(() => cond.signal());
    const waiting = cond.wait();
    await signaller;
    expect((await stateOf(waiting)).status).toBe("fulfilled");
    expect(mu.locked).toBe(true);
  });

  it("holds the lock when it settles, each in turn", async () => {
    const { mu, cond, waits } = await withWaits(3);
    const order = orderOf(waits);
    cond.broadcast();
    for (let turn = 0; turn < 3; turn++) {
      await flush();
      expect(order).toHaveLength(turn + 1);
      mu.unlock();
    }
    expect(order).toEqual([0, 1, 2]);
    expect(mu.locked).toBe(false);
  });

  it("stands in line for the lock behind those who came before it", async () => {
    const { mu, cond, waits } = await withWaits(1);
    const held = await mu.lock();
    const before = mu.lock();
    cond.signal();
    const order = orderOf([mu.lock(), waits[0] as Promise<void>, before]);
    for (let turn = 0; turn < 3; turn++) {
      mu.unlock();
      await flush();
    }
    expect(order).toEqual([2, 1, 0]);
    held.unlock();
    expect(mu.locked).toBe(true);
  });
});

describe("signal and broadcast", () => {
  it("wake the first, or all that wait now", async () => {
    const { mu, cond, waits } = await withWaits(3);
    cond.signal();
    expect(cond.waiting).toBe(2);
    expect((await stateOf(waits[0] as Promise<void>)).status).toBe("fulfilled");
    expect(await stateOf(waits[1] as Promise<void>)).toEqual(pending);
    cond.broadcast();
    expect(cond.waiting).toBe(0);
    const late = cond.wait();
    expect(await stateOf(late)).toEqual(pending);
    mu.unlock();
    mu.unlock();
    expect(mu.locked).toBe(false);
  });

  it("do nothing, and are not kept, when nobody waits", async () => {
    const mu = new Mutex();
    const cond = new Cond(mu);
    cond.signal();
    cond.broadcast();
    await mu.lock();
    expect(await stateOf(cond.wait())).toEqual(pending);
  });
});

describe("cancelling a wait", () => {
  it("refuses a source that is cancelled already, and the lock stays held", async () => {
    const mu = new Mutex();
    const cond = new Cond(mu);
    const held = await mu.lock();
    await expect(cond.wait(AbortSignal.abort("before"))).rejects.toBe("before");
    expect([mu.locked, cond.waiting]).toEqual([true, 0]);
    held.unlock();
    expect(mu.locked).toBe(false);
  });

  it("rejects with the source's reason, with the lock held, and leaves no trace", async () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const { mu, cond, waits } = await withWaits(3, controller.signal);
    controller.abort("enough");
    expect([cond.waiting, mu.locked, mu.waiting]).toEqual([0, true, 2]);
    expect(listeners).toEqual({ now: 0, most: 1 });
    for (const wait of waits) {
      await expect(wait).rejects.toBe("enough");
      mu.unlock();
    }
    expect([mu.locked, watched.waiting]).toEqual([false, 0]);
  });

  it("does not cost a signal: it goes to the next", async () => {
    const controller = new AbortController();
    const { mu, cond, waits } = await withWaits(1, controller.signal);
    await mu.lock();
    const next = cond.wait();
    controller.abort("enough");
    cond.signal();
    await expect(waits[0]).rejects.toBe("enough");
    mu.unlock();
    expect((await stateOf(next)).status).toBe("fulfilled");
  });

  it("does not cost a signal that comes while the cancel is yet to be told", async () => {
    const mu = new Mutex();
    const cond = new Cond(mu);
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => cond.signal());
    await mu.lock();
    const cancelled = cond.wait(controller.signal);
    await mu.lock();
    const next = cond.wait();
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    mu.unlock();
    expect((await stateOf(next)).status).toBe("fulfilled");
  });

  it("comes too late after the signal, though the lock is not there yet", async () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const { mu, cond, waits } = await withWaits(1, controller.signal);
    const held = await mu.lock();
    cond.signal();
    expect(listeners.now).toBe(0);
    controller.abort("late");
    held.unlock();
    expect((await stateOf(waits[0] as Promise<void>)).status).toBe("fulfilled");
  });
});

describe("readers who wait", () => {
  it("may each unlock their own Held when their own wait is over, whichever Held was lent to it", async () => {
    const rw = new RWMutex();
    const cond = new Cond(rw.rLocker());
    const [first, second] = [await rw.rLock(), await rw.rLock()];
    // The first reader waits; who that is the lock can not know, and it lends the latest, the second's.
    const firstWait = cond.wait();
    const secondWait = cond.wait();
    cond.signal();
    await firstWait;
    first.unlock();
    expect([rw.readers, cond.waiting]).toEqual([0, 1]);
    const writer = await rw.lock();
    cond.signal();
    writer.unlock();
    await secondWait;
    expect(rw.readers).toBe(1);
    second.unlock();
    for (const held of [first, second]) held.unlock();
    expect(String(rw)).toBe("RWMutex(unlocked)");
  });

  it("may leave while another's wait has theirs, and it comes back with the other's", async () => {
    const rw = new RWMutex();
    const cond = new Cond(rw.rLocker());
    const [first, second] = [await rw.rLock(), await rw.rLock()];
    const waiting = cond.wait();
    second.unlock();
    expect(rw.readers).toBe(0);
    expect(() => first.unlock()).toThrow(new MisuseError("sync: unlock while a Cond.wait has the lock"));
    const writer = await rw.lock();
    expect(() => first.unlock()).toThrow(MisuseError);
    cond.signal();
    writer.unlock();
    await waiting;
    first.unlock();
    expect(String(rw)).toBe("RWMutex(unlocked)");
  });
});

describe("somebody else's lock", () => {
  it("may signal, or cancel the wait, inside its unlock: the wait is there already", async () => {
    const controller = new AbortController();
    const mu = new Mutex();
    const inside: (() => void)[] = [() => cond.signal(), () => controller.abort("enough")];
    const unlock = () => {
      mu.unlock();
      inside.shift()?.();
    };
    const cond = new Cond({ lock: () => mu.lock(), unlock });
    await mu.lock();
    await cond.wait(controller.signal);
    expect(mu.locked).toBe(true);
    await expect(cond.wait(controller.signal)).rejects.toBe("enough");
    expect([mu.locked, cond.waiting, watched.waiting]).toEqual([true, 0, 0]);
  });

  it("that throws when it is to be taken again makes the wait reject, and not the signal throw", async () => {
    const error = new Error("the lock is gone");
    const lock = () => {
      throw error;
    };
    const cond = new Cond({ lock, unlock: () => undefined });
    const waiting = cond.wait();
    cond.signal();
    await expect(waiting).rejects.toBe(error);
    expect([cond.waiting, watched.waiting]).toEqual([0, 0]);
  });

  it("that can not be taken again makes the wait reject with the lock's error", async () => {
    const error = new Error("the lock is gone");
    const broken: Locker = { lock: () => Promise.reject(error), unlock: () => undefined };
    const cond = new Cond(broken);
    const waiting = cond.wait();
    cond.signal();
    await expect(waiting).rejects.toBe(error);
    expect(watched.waiting).toBe(0);
  });

  it("is locked anew, so that the bare unlock is right", async () => {
    const locker = new Handmade();
    const cond = new Cond(locker);
    await locker.lock();
    const waiting = cond.wait();
    cond.signal();
    await waiting;
    locker.unlock();
    expect((await stateOf(locker.lock())).status).toBe("fulfilled");
  });
});

it("is a bounded buffer's two conditions", async () => {
  const mu = new Mutex();
  const [notEmpty, notFull] = [new Cond(mu), new Cond(mu)];
  const buffer: number[] = [];
  const taken: number[] = [];
  const put = async (value: number) => {
    using _ = await mu.lock();
    while (buffer.length === 2) await notFull.wait();
    buffer.push(value);
    notEmpty.signal();
  };
  const take = async () => {
    using _ = await mu.lock();
    while (buffer.length === 0) await notEmpty.wait();
    taken.push(buffer.shift() as number);
    notFull.signal();
  };
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  await Promise.all([...numbers.map(put), ...numbers.map(take)]);
  expect(taken).toEqual(numbers);
  expect([notEmpty.waiting, notFull.waiting, mu.locked]).toEqual([0, 0, false]);
});

describe("printing a Cond", () => {
  it("shows its state and its name", async () => {
    const mu = new Mutex();
    const cond = new Cond(mu, { name: "not empty" });
    expect(cond.locker).toBe(mu);
    expect(String(cond)).toBe('Cond("not empty", 0 waiting)');
    await mu.lock();
    void cond.wait();
    expect(String(cond)).toBe('Cond("not empty", 1 waiting)');
  });
});
