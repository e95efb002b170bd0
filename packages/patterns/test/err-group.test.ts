import { Chan, sleep } from "@conc/chan";
import { background, contextKey, type Context, withCancel, withTimeout, withValue } from "@conc/context";
import { flush, stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { ErrGroup } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

const failing = (reason: unknown) => () => Promise.reject(reason);

/** A task that ends when the test says so. */
function task() {
  const gate = new Chan<never>();
  const run = { started: false, end: () => gate.close(), fail: (cause: unknown) => gate.close(cause), fn };
  async function fn(): Promise<void> {
    run.started = true;
    await gate.recv();
  }
  return run;
}

describe("wait", () => {
  it("resolves when every task has ended", async () => {
    const group = new ErrGroup();
    const [a, b] = [task(), task()];
    await group.go(a.fn);
    await group.go(b.fn);
    const done = group.wait();
    a.end();
    expect(await stateOf(done)).toEqual({ status: "pending" });
    b.end();
    expect(await stateOf(done)).toEqual({ status: "fulfilled", value: undefined });
    expect(group.errors).toEqual([]);
  });

  it("of a group without tasks resolves at once", async () => {
    expect(await stateOf(new ErrGroup().wait())).toEqual({ status: "fulfilled", value: undefined });
  });

  it("rejects only when every task has ended, however early the first failure was", async () => {
    const group = new ErrGroup();
    const stubborn = task();
    await group.go(stubborn.fn);
    await group.go(failing("broken"));
    const done = group.wait();
    expect(await stateOf(done)).toEqual({ status: "pending" });
    stubborn.end();
    expect(await stateOf(done)).toEqual({ status: "rejected", reason: "broken" });
  });

  it("tells every caller the same, also later", async () => {
    const group = new ErrGroup();
    const a = task();
    await group.go(a.fn);
    const both = [group.wait(), group.wait()];
    a.fail("why");
    for (const one of both) await expect(one).rejects.toBe("why");
    await expect(group.wait()).rejects.toBe("why");
  });

  it("gives up with its own source's reason and leaves the tasks alone", async () => {
    const group = new ErrGroup();
    const a = task();
    await group.go(a.fn);
    const caller = withCancel(background());
    const waiting = group.wait(caller);
    caller.cancel();
    await expect(waiting).rejects.toBe(caller.err);
    await expect(group.wait(caller)).rejects.toBe(caller.err);
    expect(group.ctx.err).toBeUndefined();
    a.end();
    await group.wait();
  });

  it("ends the group's context when it settles, and not before", async () => {
    const group = new ErrGroup();
    const a = task();
    await group.go(a.fn);
    const done = group.wait();
    expect(group.ctx.err).toBeUndefined();
    a.end();
    await done;
    expect(group.ctx.err?.name).toBe("AbortError");
    expect(await stateOf(group.wait())).toEqual({ status: "fulfilled", value: undefined });
  });
});

describe("the group's error", () => {
  it("is the first real one, not the cancellations that follow it", async () => {
    const group = new ErrGroup();
    const error = new Error("something went wrong");
    const seen: unknown[] = [];
    for (const ms of [100, 200, 300]) {
      await group.go((ctx) =>
        sleep(ms * 10, ctx).catch((err) => {
          seen.push(err);
          throw err;
        }),
      );
    }
    await group.go(async () => {
      await sleep(50);
      throw error;
    });
    const done = stateOf(group.wait());
    await world.clock.advance(50);
    expect(await done).toEqual({ status: "pending" });
    expect(await stateOf(group.wait())).toEqual({ status: "rejected", reason: error });
    expect(seen).toEqual([group.ctx.err, group.ctx.err, group.ctx.err]);
    expect(group.ctx.cause).toBe(error);
    expect(group.errors).toEqual([error, ...seen]);
  });

  it("is a real one that comes after the parent was cancelled, and not the parent's", async () => {
    const parent = withCancel(background());
    const group = new ErrGroup(parent);
    const a = task();
    await group.go((ctx) => sleep(1_000, ctx));
    await group.go(a.fn);
    parent.cancel();
    const real = new Error("disk full");
    a.fail(real);
    await expect(group.wait()).rejects.toBe(real);
    expect(group.errors).toEqual([parent.err, real]);
  });

  it("is the parent's if it was done before the tasks were", async () => {
    const parent = withTimeout(background(), 10);
    const group = new ErrGroup(parent);
    await group.go((ctx) => sleep(1_000, ctx));
    const done = group.wait();
    done.catch(() => {});
    await world.clock.advance(10);
    await expect(done).rejects.toBe(parent.err);
    expect(parent.err?.name).toBe("TimeoutError");
  });

  it("is the parent's also when a task noticed the end and returned in peace", async () => {
    const parent = withCancel(background());
    const group = new ErrGroup(parent);
    await group.go((ctx) => sleep(1_000, ctx).catch(() => "stopped early"));
    parent.cancel();
    await expect(group.wait()).rejects.toBe(parent.err);
    expect(group.errors).toEqual([]);
  });

  it("is none if the parent is cancelled after the last task has ended", async () => {
    const parent = withCancel(background());
    const group = new ErrGroup(parent);
    await group.go(() => {});
    await flush();
    parent.cancel();
    expect(await stateOf(group.wait())).toEqual({ status: "fulfilled", value: undefined });
  });

  it("is an AbortError of the task's own, when nobody cancelled", async () => {
    const group = new ErrGroup();
    const own = AbortSignal.abort().reason;
    await group.go(failing(own));
    await expect(group.wait()).rejects.toBe(own);
  });

  it.each([
    ["before", (fail: () => void, cancel: () => void) => (fail(), cancel())],
    ["after", (fail: () => void, cancel: () => void) => (cancel(), fail())],
  ])("is a task's own that comes just %s the parent's cancel, in the same step", async (_, together) => {
    const parent = withCancel(background());
    const group = new ErrGroup(parent);
    const [a, b] = [task(), task()];
    await group.go(a.fn);
    await group.go(b.fn);
    const error = new Error("disk full");
    together(
      () => a.fail(error),
      () => parent.cancel(),
    );
    b.fail(new Error("later"));
    await expect(group.wait()).rejects.toBe(error);
  });

  it("may be undefined", async () => {
    const group = new ErrGroup();
    await group.go(failing(undefined));
    expect(await stateOf(group.wait())).toEqual({ status: "rejected", reason: undefined });
    expect(group.errors).toEqual([undefined]);
  });

  it("may be thrown before the task's first await", async () => {
    const group = new ErrGroup();
    const error = new Error("at once");
    const thrower = () => {
      throw error;
    };
    await group.go(thrower);
    await expect(group.wait()).rejects.toBe(error);
    const other = new ErrGroup();
    expect(other.tryGo(thrower)).toBe(true);
    await expect(other.wait()).rejects.toBe(error);
  });

  it.each([
    ["the platform's", () => new DOMException("aborted", "AbortError")],
    ["one that wraps the context's", (ctx: Context) => new Error("fetch failed", { cause: ctx.err })],
    ["the context's cause", (ctx: Context) => ctx.cause],
  ])("is not a cancellation that follows in another guise: %s", async (_, guise) => {
    const parent = withCancel(background());
    const group = new ErrGroup(parent);
    await group.go((ctx) => sleep(1_000, ctx).catch(() => Promise.reject(guise(ctx))));
    parent.cancel(new Error("the user left"));
    await expect(group.wait()).rejects.toBe(parent.err);
  });
});

describe("the limit", () => {
  it("holds: never more tasks at once, and `go` waits for a place", async () => {
    const group = new ErrGroup(background(), { limit: 2 });
    let [running, most] = [0, 0];
    let started = 0;
    const producer = (async () => {
      for (let i = 0; i < 6; i++) {
        await group.go(async () => {
          most = Math.max(most, ++running);
          await sleep(10);
          running--;
        });
        started++;
      }
    })();
    await flush();
    expect(started).toBe(2);
    await world.clock.advance(10);
    expect(started).toBe(4);
    await world.clock.advance(20);
    await producer;
    await group.wait();
    expect(most).toBe(2);
  });

  it("`tryGo` starts nothing when it is reached", async () => {
    const group = new ErrGroup(background(), { limit: 1 });
    const [a, b] = [task(), task()];
    expect(group.tryGo(a.fn)).toBe(true);
    expect(group.tryGo(b.fn)).toBe(false);
    a.end();
    await flush();
    expect(group.tryGo(b.fn)).toBe(true);
    b.end();
    await group.wait();
  });

  it("or none: trivial tasks, started one after the other, do not keep timers from their turn, time after time", async () => {
    world.useRealClock();
    let [served, started] = [0, 0];
    const serve = () => {
      if (++served < 3) timer = setTimeout(serve, 1);
    };
    let timer = setTimeout(serve, 1);
    const group = new ErrGroup();
    while (served < 3 && started < 2_000_000) {
      await group.go(async () => {});
      started++;
    }
    clearTimeout(timer);
    await group.wait();
    expect(served).toBe(3);
  });

  it("starts those who wait first come, first served", async () => {
    const group = new ErrGroup(background(), { limit: 1 });
    const order: number[] = [];
    const all = [1, 2, 3].map((n) => group.go(async () => void order.push(n)));
    await Promise.all(all);
    await group.wait();
    expect(order).toEqual([1, 2, 3]);
  });

  it("a place that was freed belongs to the first in line: `tryGo` cannot barge in", async () => {
    const group = new ErrGroup(background(), { limit: 1 });
    const [a, b] = [task(), task()];
    await group.go(a.fn);
    const queued = group.go(b.fn);
    let barged: boolean | undefined;
    const spy = group.wait();
    a.end();
    await Promise.resolve().then(() => {
      barged = group.tryGo(() => {});
    });
    await queued;
    expect(barged).toBe(false);
    expect(b.started).toBe(true);
    b.end();
    await spy;
  });

  it("`wait` counts those that still wait for a place", async () => {
    const group = new ErrGroup(background(), { limit: 1 });
    let ran = 0;
    for (let i = 0; i < 5; i++) void group.go(async () => void ran++);
    await group.wait();
    expect(ran).toBe(5);
  });

  it("raised, it starts those who wait; lowered, it ends nobody", async () => {
    const group = new ErrGroup(background(), { limit: 1 });
    const tasks = [task(), task(), task()];
    for (const { fn } of tasks) void group.go(fn);
    group.setLimit(3);
    await flush();
    expect(tasks.map(({ started }) => started)).toEqual([true, true, true]);
    group.setLimit(1);
    expect(group.tryGo(() => {})).toBe(false);
    for (const { end } of tasks) end();
    await group.wait();
  });

  it("is freed by a task that throws, like by any other", async () => {
    const parent = withCancel(background());
    parent.cancel();
    const group = new ErrGroup(background(), { limit: 1 });
    await group.go(() => {
      throw new Error("one");
    });
    await flush();
    expect(group.tryGo(() => {})).toBe(false);
    await expect(group.wait()).rejects.toThrow("one");
  });
});

describe("a group that is done", () => {
  it("takes no task: `go` rejects with the group's error, whoever waited in line included", async () => {
    const group = new ErrGroup(background(), { limit: 1 });
    const a = task();
    let called = false;
    const never = () => {
      called = true;
    };
    await group.go(a.fn);
    const queued = group.go(never);
    const error = new Error("first");
    a.fail(error);
    // Its place in line became a place in the group in the step in which the failure was told: it is granted, or it is refused.
    const state = await stateOf(queued);
    expect(state).toEqual({ status: "rejected", reason: error });
    await expect(group.go(never)).rejects.toBe(error);
    expect(group.tryGo(never)).toBe(false);
    await expect(group.wait()).rejects.toBe(error);
    expect(called).toBe(false);
  });

  it("does not start a task that was given its place in the step before the group was done", async () => {
    const parent = withCancel(background());
    const group = new ErrGroup(parent, { limit: 1 });
    const [gate, queued] = [new Chan<void>(), task()];
    const first = gate.recv();
    await group.go(() => first);
    const start = stateOf(group.go(queued.fn));
    // Of two reactions to one promise: the first frees the place, the second comes before anybody has heard of it.
    const cancelled = first.then(() => parent.cancel());
    gate.close();
    await cancelled;
    expect(await start).toEqual({ status: "rejected", reason: parent.err });
    expect(queued.started).toBe(false);
    expect(await stateOf(group.wait())).toEqual({ status: "rejected", reason: parent.err });
  });

  it("leaves no unhandled rejection with who does not await `go`", async () => {
    const group = new ErrGroup(background(), { limit: 1 });
    for (let i = 0; i < 5; i++) void group.go(failing("no"));
    await expect(group.wait()).rejects.toBe("no");
    void group.go(() => {});
  });

  it("tells of work that it refused, even if every task it took has ended well", async () => {
    const parent = withCancel(background());
    const group = new ErrGroup(parent);
    parent.cancel();
    await expect(group.go(() => {})).rejects.toBe(parent.err);
    await expect(group.wait()).rejects.toBe(parent.err);
  });
});

describe("what a task sees", () => {
  it("is the group's context, with the parent's values", async () => {
    const key = contextKey<string>("user");
    const group = new ErrGroup(withValue(background(), key, "ada"));
    let seen: unknown;
    await group.go((ctx) => {
      seen = [ctx === group.ctx, ctx.value(key)];
    });
    await group.wait();
    expect(seen).toEqual([true, "ada"]);
  });

  it("may be the group itself: a task may bring further tasks", async () => {
    const group = new ErrGroup();
    let sum = 0;
    const tree = async (depth: number): Promise<void> => {
      sum++;
      if (depth === 0) return;
      await group.go(() => tree(depth - 1));
      await group.go(() => tree(depth - 1));
    };
    await group.go(() => tree(3));
    await group.wait();
    expect(sum).toBe(15);
  });
});

describe("bad arguments", () => {
  it.each([0, -1, 1.5, Number.NaN, "2"])("limit %s", (limit) => {
    const message = /^limit: expected a whole number >= 1, got /;
    expect(() => new ErrGroup(background(), { limit: limit as number })).toThrow(message);
    expect(() => new ErrGroup().setLimit(limit as number)).toThrow(message);
  });

  it("a task that is no function", async () => {
    const group = new ErrGroup();
    await expect(group.go("task" as never)).rejects.toThrow('fn: expected a function, got "task"');
    expect(() => group.tryGo(undefined as never)).toThrow("fn: expected a function, got undefined");
    await group.wait();
  });

  it("a parent that is no context", () => {
    expect(() => new ErrGroup({} as never)).toThrow(TypeError);
  });
});
