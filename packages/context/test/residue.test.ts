import { Chan, recv, select, send, sleep } from "@conc/chan";
import { countListeners, useFakeClock, watch } from "@conc/internal/testkit";
import { Cond, KeyedMutex, Mutex, Once, RWMutex, Semaphore, WaitGroup } from "@conc/sync";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endless } from "../src/background.ts";
import { CancelNode } from "../src/cancel-node.ts";
import { Ending } from "../src/ending.ts";
import {
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

const key = contextKey<number>("k");

it("a parent has as many children as are alive, and none once it has ended", () => {
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

it("a context that nobody cancels keeps its timer until it fires, and then nothing keeps the context", async () => {
  const clock = useFakeClock();
  const parent = new CancelNode(endless);
  const node = new CancelNode(parent);
  const siblings = node.list;
  node.expireAt(clock.date() + 500, 500, undefined);
  await clock.advance(499);
  expect([siblings?.size, clock.timers]).toEqual([1, 1]);
  await clock.advance(1);
  expect([siblings?.size, clock.timers]).toEqual([0, 0]);
  clock.restore();
});

it("an ended context has let go of its parent's channel, signal and timer", () => {
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
    ["all locks by key", (ctx) => waitFor(new KeyedMutex(), (mu) => mu.tryLock("b")).lockAll(["a", "b"], ctx)],
    ["a signal of a Cond", (ctx) => new Cond(waitFor(new Mutex(), (mu) => mu.tryLock())).wait(ctx)],
    ["the one run of a Once", (ctx) => new Once().do(() => new Promise(() => {}), ctx)],
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
