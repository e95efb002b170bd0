import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Chan, recv, select, send, sleep } from "@conc/chan";
import { countListeners, flush, useFakeClock, watch } from "@conc/internal/testkit";
import { KeyedMutex, Mutex, RWMutex, Semaphore, WaitGroup } from "@conc/sync";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CancelNode } from "../src/cancel-node.ts";
import { endless } from "../src/background.ts";
import { Ending } from "../src/ending.ts";
import {
  afterFunc,
  background,
  type CancelContext,
  contextKey,
  fromSignal,
  withCancel,
  withTimeout,
  withValue,
} from "../src/index.ts";
import { countControllers } from "./support/count-controllers.ts";
import { handMade } from "./support/hand-made.ts";

setFlagsFromString("--expose-gc");
const gc: () => void = runInNewContext("gc");

/** What is on the heap once all garbage is gone, in megabytes. */
function heap(): number {
  gc();
  gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const million = 1_000_000;

describe("a parent that lives long", { timeout: 60_000 }, () => {
  it.each<[string, (parent: CancelContext) => CancelContext]>([
    ["children", withCancel],
    ["children with a deadline", (parent) => withTimeout(parent, 1e6)],
    ["grandchildren with a value between", (parent) => withCancel(withValue(parent, key, 1))],
    ["children of a signal", (parent) => fromSignal(parent.signal, parent)],
  ])("keeps nothing of 1,000,000 %s that were made and cancelled", (_, make) => {
    const parent = withCancel(background());
    const round = (times: number) => {
      for (let i = 0; i < times; i++) make(parent).cancel();
    };
    round(10_000);
    const before = heap();
    round(million);
    // A child takes more than 200 bytes: one in a hundred that stayed would be 2 MB.
    expect(heap() - before).toBeLessThan(1);
    expect(parent.err).toBeUndefined();
  });

  it("keeps nothing of functions that were stopped, waits that were served, and values", async () => {
    const parent = withCancel(background());
    const ch = new Chan<number>();
    const round = async (times: number) => {
      for (let i = 0; i < times; i++) {
        afterFunc(parent, () => {})();
        withValue(parent, key, i);
        const received = ch.recv(parent);
        ch.trySend(i);
        await received;
      }
      await flush();
    };
    await round(1_000);
    const before = heap();
    await round(50_000);
    expect(heap() - before).toBeLessThan(1);
  });

  it("has as many children as are alive, and none once it has ended", () => {
    const parent = new CancelNode(endless);
    const children = Array.from({ length: 1_000 }, () => new CancelNode(parent));
    const [first] = children as [CancelNode];
    const siblings = first.list;
    expect(siblings?.size).toBe(1_000);
    for (const child of children.slice(0, 400)) child.end(Ending.canceled(undefined));
    children[400]?.release();
    expect(siblings?.size).toBe(599);
    parent.end(Ending.canceled(undefined));
    expect(siblings?.size).toBe(0);
    expect(children.every((child) => child.list === null)).toBe(true);
  });
});

const key = contextKey<number>("k");

describe("an ended context", () => {
  it("holds none of those that were below it: they can be collected", async () => {
    const parent = new CancelNode(endless);
    const refs = Array.from({ length: 100 }, () => new WeakRef(new CancelNode(parent)));
    const alive = async () => {
      await flush();
      gc();
      return refs.filter((ref) => ref.deref() !== undefined).length;
    };
    // While the parent lives they stay, as in Go: it has to tell them.
    expect(await alive()).toBe(100);
    parent.end(Ending.canceled(undefined));
    expect(await alive()).toBe(0);
    expect(parent.cancelled).toBe(true);
  });

  it("has let go of its parent's channel, signal and timer", () => {
    const clock = useFakeClock();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const foreign = { ...handMade(), signal: controller.signal };
    const ctxs = [withTimeout(foreign, 100), fromSignal(controller.signal), withTimeout(withCancel(foreign), 50)];
    expect([listeners.now, clock.timers]).toEqual([1, 2]);
    for (const ctx of ctxs) ctx.cancel();
    expect(clock.timers).toBe(0);
    // withCancel between has not ended.
    expect(listeners.now).toBe(1);
    controller.abort(new Error("over"));
    expect(listeners.now).toBe(0);
    clock.restore();
  });
});

describe("a wait under a context", () => {
  let controllers: ReturnType<typeof countControllers>;
  beforeEach(() => {
    controllers = countControllers();
  });
  afterEach(() => controllers.restore());

  /** `object`, in a state in which one has to wait for it. */
  const waitFor = <T>(object: T, take: (object: T) => unknown) => {
    take(object);
    return object;
  };
  const waits: [string, (ctx: CancelContext) => Promise<unknown>][] = [
    ["recv", (ctx) => new Chan().recv(ctx)],
    ["send", (ctx) => new Chan<number>().send(1, ctx)],
    ["recvMany", (ctx) => new Chan().recvMany(5, ctx)],
    ["select", (ctx) => select([recv(new Chan()), send(new Chan<number>(), 1)], ctx)],
    ["select with ctx.done", (ctx) => select([recv(new Chan()), recv(withValue(ctx, key, 1).done)], ctx)],
    ["sleep", (ctx) => sleep(1e6, ctx)],
    ["a lock", (ctx) => waitFor(new Mutex(), (mu) => mu.tryLock()).lock(ctx)],
    ["a read lock", (ctx) => waitFor(new RWMutex(), (mu) => mu.tryLock()).rLock(ctx)],
    ["a lock by key", (ctx) => waitFor(new KeyedMutex(), (mu) => mu.tryLock("key")).lock("key", ctx)],
    ["a semaphore", (ctx) => waitFor(new Semaphore(1), (sem) => sem.tryAcquire()).acquire(1, ctx)],
    ["a wait group", (ctx) => waitFor(new WaitGroup(), (wg) => wg.add()).wait(ctx)],
  ];

  it.each(waits)(
    "(%s) builds no AbortController and leaves nothing, with a context and with values and a child between",
    async (_, wait) => {
      const watched = watch();
      const clock = useFakeClock();
      const parent = withCancel(background());
      const child = withCancel(withValue(parent, key, 1)) as CancelContext;
      const all = [wait(parent), wait(child), wait(withValue(child, key, 2) as CancelContext)];
      expect(watched.waiting).toBe(3);
      parent.cancel();
      expect([watched.waiting, clock.timers]).toEqual([0, 0]);
      const states = await Promise.allSettled(all);
      expect(states.map((one) => one.status === "rejected" && one.reason === parent.err)).toEqual([true, true, true]);
      expect(controllers.made).toBe(0);
      clock.restore();
      watched.stop();
    },
  );
});
