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

// Everything that is a Locker, and how to keep it from being locked.
const lockers: [string, () => { locker: Locker; block: () => Promise<{ unlock(): void }> }][] = [
  ["a Mutex", () => same(new Mutex())],
  ["an RWMutex", () => same(new RWMutex())],
  [
    "the read side of an RWMutex",
    () => {
      const rw = new RWMutex();
      return { locker: rw.rLocker(), block: () => rw.lock() };
    },
  ],
  ["somebody else's lock around ours", () => same(new Handmade())],
];

function same(locker: Locker) {
  return { locker, block: () => locker.lock() };
}

describe.each(lockers)("%s as a Locker", (_, make) => {
  it("is taken inside the call when it is free, and freed by the Held", async () => {
    const { locker, block } = make();
    const locking = locker.lock();
    const blocking = block();
    expect(await stateOf(blocking)).toEqual({ status: "pending" });
    const held = await locking;
    held.unlock();
    expect((await stateOf(blocking)).status).toBe("fulfilled");
  });

  it("is freed by the bare unlock too, which spends the Held", async () => {
    const { locker, block } = make();
    const held = await locker.lock();
    locker.unlock();
    const blocker = await block();
    const waiting = locker.lock();
    held.unlock();
    held[Symbol.dispose]();
    await held[Symbol.asyncDispose]();
    expect(await stateOf(waiting)).toEqual({ status: "pending" });
    blocker.unlock();
    expect((await stateOf(waiting)).status).toBe("fulfilled");
  });

  it("throws at an unlock when nothing is held, and stays usable", async () => {
    const { locker } = make();
    expect(() => locker.unlock()).toThrow(MisuseError);
    (await locker.lock()).unlock();
    expect(() => locker.unlock()).toThrow(MisuseError);
    expect((await stateOf(locker.lock())).status).toBe("fulfilled");
  });

  it("refuses a source that is cancelled already, though it is free", async () => {
    const { locker, block } = make();
    await expect(locker.lock(AbortSignal.abort("before"))).rejects.toBe("before");
    await expect(locker.lock({ signal: AbortSignal.abort("before") })).rejects.toBe("before");
    expect((await stateOf(block())).status).toBe("fulfilled");
  });

  it("refuses what can not cancel", async () => {
    const { locker } = make();
    await expect(locker.lock(1 as never)).rejects.toThrow(TypeError);
  });

  it("lets a waiting call be cancelled with the source's own reason, and leaves no trace", async () => {
    const { locker, block } = make();
    const blocker = await block();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const reason = { any: "reason" };
    const waits = Array.from({ length: 20 }, (_, i) => locker.lock(i % 2 === 0 ? controller.signal : controller));
    expect(listeners.now).toBe(1);
    controller.abort(reason);
    const states = await Promise.all(waits.map(stateOf));
    expect(states).toEqual(waits.map(() => ({ status: "rejected", reason })));
    expect(listeners).toEqual({ now: 0, most: 1 });
    expect(watched.waiting).toBe(0);
    blocker.unlock();
    expect((await stateOf(locker.lock())).status).toBe("fulfilled");
  });

  it("keeps what was granted before the cancel of the same tick", async () => {
    const { locker, block } = make();
    const blocker = await block();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const granted = locker.lock(controller.signal);
    blocker.unlock();
    controller.abort();
    expect((await stateOf(granted)).status).toBe("fulfilled");
    expect(listeners.now).toBe(0);
  });

  it("never grants to one who was cancelled and is yet to be told of it", async () => {
    const { locker, block } = make();
    const blocker = await block();
    const controller = new AbortController();
    // Heard before the locks hear of it: when it unlocks, the waits are cancelled and still in line.
    controller.signal.addEventListener("abort", () => blocker.unlock());
    const cancelled = [locker.lock(controller.signal), locker.lock(controller.signal)];
    const other = locker.lock();
    controller.abort("enough");
    const states = await Promise.all(cancelled.map(stateOf));
    expect(states.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect((await stateOf(other)).status).toBe("fulfilled");
  });

  it("serves in the order of the calls", async () => {
    const { locker, block } = make();
    const blocker = await block();
    const order = orderOf(Array.from({ length: 10 }, () => locker.lock().then((held) => held.unlock())));
    blocker.unlock();
    await flush();
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("can be a Cond's lock, which a wait frees and takes back", async () => {
    const { locker, block } = make();
    const cond = new Cond(locker);
    await locker.lock();
    const waiting = cond.wait();
    const blocker = await block();
    cond.signal();
    expect(await stateOf(waiting)).toEqual({ status: "pending" });
    blocker.unlock();
    await waiting;
    const next = block();
    expect(await stateOf(next)).toEqual({ status: "pending" });
    locker.unlock();
    expect((await stateOf(next)).status).toBe("fulfilled");
  });

  it("makes a Cond's wait reject when it is not held", async () => {
    const { locker } = make();
    const cond = new Cond(locker);
    await expect(cond.wait()).rejects.toThrow(MisuseError);
    expect([cond.waiting, watched.waiting]).toEqual([0, 0]);
  });

  it("is held again when a Cond's wait has been cancelled", async () => {
    const { locker, block } = make();
    const cond = new Cond(locker);
    await locker.lock();
    const controller = new AbortController();
    const waiting = cond.wait(controller.signal);
    const blocker = await block();
    controller.abort("enough");
    expect(await stateOf(waiting)).toEqual({ status: "pending" });
    blocker.unlock();
    await expect(waiting).rejects.toBe("enough");
    locker.unlock();
    expect(() => locker.unlock()).toThrow(MisuseError);
    expect(watched.waiting).toBe(0);
  });
});

describe.each(lockers.slice(0, 3))("the Held of %s during a Cond's wait", (_, make) => {
  it("is the same after the wait as before it", async () => {
    const { locker, block } = make();
    const cond = new Cond(locker);
    const held = await locker.lock();
    const waiting = cond.wait();
    const blocker = await block();
    cond.signal();
    blocker.unlock();
    await waiting;
    held.unlock();
    (await block()).unlock();
    expect(() => locker.unlock()).toThrow(MisuseError);
  });

  it("is loud when it is disposed of while the wait has the lock, and right again afterwards", async () => {
    const { locker, block } = make();
    const cond = new Cond(locker);
    const held = await locker.lock();
    const waiting = cond.wait();
    expect(() => held[Symbol.dispose]()).toThrow(MisuseError);
    await expect(held[Symbol.asyncDispose]()).rejects.toThrow(MisuseError);
    const blocker = await block();
    expect(() => held.unlock()).toThrow(MisuseError);
    blocker.unlock();
    cond.signal();
    await waiting;
    held.unlock();
    expect((await stateOf(block())).status).toBe("fulfilled");
  });
});
