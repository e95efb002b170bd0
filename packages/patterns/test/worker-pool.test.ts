import { Chan, from, sleep } from "@conc/chan";
import { background, type Context, contextKey, withCancel, withValue } from "@conc/context";
import { flush, stateOf, unhandledIn } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { PoolClosedError, WorkerPool } from "../src/index.ts";
import { handMade } from "./hand-made.ts";
import { useWorld } from "./world.ts";

const world = useWorld();
const job =
  (name: string, ms = 10) =>
  async (ctx: Context) => {
    world.note(`${name} starts`);
    await sleep(ms, ctx);
    return name;
  };

describe("submit", () => {
  it("has at most `workers` tasks run, in the order they came, and gives each its result", async () => {
    const pool = new WorkerPool({ workers: 2 });
    const all = Promise.all(["a", "b", "c", "d", "e"].map((name) => pool.submit(job(name))));
    expect(pool.stats).toEqual({ running: 2, waiting: 3, done: 0, failed: 0 });
    expect(await world.settled(all)).toEqual(["a", "b", "c", "d", "e"]);
    expect(world.log).toEqual(["0 a starts", "0 b starts", "10 c starts", "10 d starts", "20 e starts"]);
    expect(pool.stats).toEqual({ running: 0, waiting: 0, done: 5, failed: 0 });
  });

  it("a task that throws, rejects, or rejects with undefined fails its own call, and does not lose its worker", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const error = new Error("task");
    const calls = [
      pool.submit(() => {
        throw error;
      }),
      pool.submit(() => Promise.reject(error)),
      pool.submit(() => Promise.reject(undefined)),
    ].map((call) => call.catch((reason: unknown) => ({ reason })));
    expect(await Promise.all(calls)).toEqual([{ reason: error }, { reason: error }, { reason: undefined }]);
    expect(await pool.submit(() => "next")).toBe("next");
    expect(pool.stats).toEqual({ running: 0, waiting: 0, done: 1, failed: 3 });
  });

  it("cancelled in line, leaves the line, and the task never starts", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const first = pool.submit(job("first"));
    const ctx = withCancel(background());
    const second = pool.submit(job("second"), ctx);
    const third = pool.submit(job("third"));
    ctx.cancel();
    await expect(second).rejects.toBe(ctx.err);
    expect(pool.stats.waiting).toBe(1);
    await world.settled(Promise.all([first, third]));
    expect(world.log).toEqual(["0 first starts", "10 third starts"]);
  });

  it("cancelled in the step after it was given a worker, gives the worker on", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const gate = new Chan<never>();
    const first = pool.submit(() => gate.recv());
    const ctx = withCancel(background());
    const second = pool.submit(job("second"), ctx);
    const third = pool.submit(job("third"));
    const given = first.then(() => ctx.cancel());
    gate.close();
    await given;
    const state = stateOf(second);
    expect(await world.settled(third)).toBe("third");
    expect(await state).toMatchObject({ status: "rejected" });
    expect(pool.stats.running).toBe(0);
  });

  it("cancelled while it runs, rejects at once; the worker is free when the task has ended", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const controller = new AbortController();
    let seen: Context | undefined;
    const call = pool.submit(async (ctx) => {
      seen = ctx;
      await sleep(50);
      throw new Error("late, and observed");
    }, controller.signal);
    controller.abort("enough");
    await expect(call).rejects.toBe("enough");
    expect(seen?.cause).toBe("enough");
    expect(pool.stats.running).toBe(1);
    await world.clock.advance(50);
    expect(pool.stats).toEqual({ running: 0, waiting: 0, done: 0, failed: 1 });
  });

  it("gives each task a context of its own, which ends with the task", async () => {
    const contexts: Context[] = [];
    const pool = new WorkerPool({ workers: 2 });
    await Promise.all([1, 2].map(() => pool.submit((ctx) => void contexts.push(ctx))));
    expect(contexts[0]).not.toBe(contexts[1]);
    expect(contexts.map(({ err }) => err?.name)).toEqual(["AbortError", "AbortError"]);
  });
});

describe("trySubmit and room", () => {
  it("trySubmit takes as many as workers and queue hold", async () => {
    const pool = new WorkerPool({ workers: 1, queue: 2 });
    const taken = ["a", "b", "c", "d"].map((name) => pool.trySubmit(job(name)));
    expect(taken.map((promise) => promise !== undefined)).toEqual([true, true, true, false]);
    expect(await world.settled(Promise.all(taken))).toEqual(["a", "b", "c", undefined]);
  });

  it("without a queue takes a task only if a worker is free", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const first = pool.trySubmit(job("a"));
    expect(pool.trySubmit(job("b"))).toBeUndefined();
    await world.settled(first as Promise<string>);
  });

  it("room keeps a producer no further ahead than workers and queue", async () => {
    const pool = new WorkerPool({ workers: 2, queue: 1 });
    let brought = 0;
    const results: Promise<unknown>[] = [];
    const producer = (async () => {
      for (let i = 0; i < 6; i++) {
        await pool.room();
        brought++;
        results.push(pool.submit(job(`${i}`)));
      }
    })();
    await flush();
    expect(brought).toBe(3);
    await world.clock.advance(10);
    expect(brought).toBe(5);
    await world.clock.advance(30);
    await producer;
    await Promise.all(results);
  });

  it("room is told to all who wait when a queued task is cancelled", async () => {
    const pool = new WorkerPool({ workers: 1, queue: 1 });
    const running = pool.submit(job("a"));
    const ctx = withCancel(background());
    const queued = stateOf(pool.submit(job("b"), ctx));
    const rooms = [pool.room(), pool.room()];
    ctx.cancel();
    await Promise.all(rooms);
    await world.settled(running);
    expect(await queued).toMatchObject({ status: "rejected" });
  });

  it("a cancelled wait for room leaves no trace", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const running = pool.submit(job("a"));
    const ctx = withCancel(background());
    const room = pool.room(ctx);
    ctx.cancel();
    await expect(room).rejects.toBe(ctx.err);
    await world.settled(running);
  });
});

describe("close", () => {
  it("takes no more, and has done what was taken: those in line too", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const taken = ["a", "b", "c"].map((name) => pool.submit(job(name)));
    const room = stateOf(pool.room());
    pool.close();
    pool.close();
    await expect(pool.submit(job("late"))).rejects.toMatchObject({ name: "PoolClosedError", code: "ERR_POOL_CLOSED" });
    expect(() => pool.trySubmit(job("late"))).toThrow(PoolClosedError);
    await expect(pool.room()).rejects.toThrow("submit to closed pool");
    expect(await world.settled(Promise.all(taken))).toEqual(["a", "b", "c"]);
    expect(await room).toMatchObject({ status: "rejected", reason: { code: "ERR_POOL_CLOSED" } });
  });

  it("a submit in the step before is done, one in the step after is refused", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const before = pool.submit(job("before"));
    pool.close();
    const after = stateOf(pool.submit(job("after")));
    expect(await world.settled(before)).toBe("before");
    expect(await after).toMatchObject({ status: "rejected" });
    expect(world.log).toEqual(["0 before starts"]);
  });

  it("lets go of its context when all is done, and not before", async () => {
    const { ctx, listeners } = handMade();
    const pool = new WorkerPool(ctx, { workers: 1 });
    const call = pool.submit(job("a"));
    pool.close();
    expect(listeners.now).toBe(1);
    expect(await world.settled(call)).toBe("a");
    expect(listeners.now).toBe(0);
  });
});

describe("what comes in one step", () => {
  it("room that was given before the close stays given", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const gate = new Chan<never>();
    const first = gate.recv();
    const running = pool.submit(() => first);
    const room = stateOf(pool.room());
    // Of two reactions to one promise: the first frees the worker, the second comes before anybody has heard of it.
    const closed = first.then(() => pool.close());
    gate.close();
    await closed;
    expect(await room).toEqual({ status: "fulfilled", value: undefined });
    await running;
  });

  it("a task that waits in line is refused by the dispose, and one that was given its worker before is not started", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const gate = new Chan<never>();
    const first = gate.recv();
    const running = pool.submit(() => first);
    const [given, waiting] = [stateOf(pool.submit(job("given"))), stateOf(pool.submit(job("waiting")))];
    const disposed = first.then(() => pool[Symbol.dispose]());
    gate.close();
    await disposed;
    for (const state of [given, waiting]) expect(await state).toMatchObject({ status: "rejected" });
    await running;
    expect([world.log, pool.stats]).toEqual([[], { running: 0, waiting: 0, done: 1, failed: 0 }]);
  });

  it("the result of a task that ended before its submitter's cancel is told", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const ctx = withCancel(background());
    const gate = new Chan<string>();
    const value = gate.recv();
    const call = pool.submit(() => value, ctx);
    const cancelled = value.then(() => ctx.cancel());
    gate.trySend("in time");
    await cancelled;
    expect(await call).toEqual({ value: "in time", ok: true });
  });
});

describe("wait", () => {
  it("resolves when nothing runs and nothing waits, whatever became of the tasks", async () => {
    const pool = new WorkerPool({ workers: 1 });
    await pool.wait();
    const failing = stateOf(pool.submit(() => sleep(10).then(() => Promise.reject(new Error("its own")))));
    const other = pool.submit(job("b"));
    const idle = pool.wait().then(() => world.note("idle"));
    await world.clock.advance(30);
    await Promise.all([failing, other, idle]);
    expect(world.log.at(-1)).toBe("20 idle");
  });

  it("gives up with its source's reason", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const running = pool.submit(job("a"));
    const ctx = withCancel(background());
    const idle = pool.wait(ctx);
    ctx.cancel();
    await expect(idle).rejects.toBe(ctx.err);
    await world.settled(running);
  });
});

describe("the pool's context", () => {
  it("may come first; its values reach the tasks, and its end theirs", async () => {
    const user = contextKey<string>("user");
    const parent = withCancel(withValue(background(), user, "ada"));
    const pool = new WorkerPool(parent, { workers: 1 });
    expect(await pool.submit((ctx) => ctx.value(user))).toBe("ada");
    const running = pool.submit(job("a"));
    parent.cancel();
    await expect(running).rejects.toBe(parent.err);
  });

  it("done: cancels what runs, refuses what waits and what comes", async () => {
    const parent = withCancel(background());
    const pool = new WorkerPool({ workers: 1, ctx: parent });
    const [running, waiting] = [pool.submit(job("a")), pool.submit(job("b"))];
    const room = pool.room();
    parent.cancel();
    for (const call of [running, waiting, room, pool.submit(job("c")), pool.room()]) {
      await expect(call).rejects.toBe(parent.err);
    }
    expect(() => pool.trySubmit(job("d"))).toThrow("context canceled");
    expect(world.log).toEqual(["0 a starts"]);
    const late = new WorkerPool({ workers: 1, ctx: parent });
    await expect(late.submit(job("e"))).rejects.toBe(parent.err);
  });

  it("dispose closes the pool and cancels what it has taken", async () => {
    const calls: Promise<unknown>[] = [];
    {
      using pool = new WorkerPool({ workers: 1 });
      calls.push(pool.submit(job("a")), pool.submit(job("b")));
    }
    for (const call of calls) await expect(call).rejects.toThrow("context canceled");
  });
});

describe("map", () => {
  const sleeper = async (ctx: Context, ms: number) => {
    await sleep(ms, ctx);
    return ms;
  };
  async function collect<T>(results: AsyncIterable<T>) {
    const all: T[] = [];
    for await (const result of results) all.push(result);
    return all;
  }

  it("gives results in order, or as they are done, by the pool's workers", async () => {
    const pool = new WorkerPool({ workers: 2 });
    expect(await world.settled(collect(pool.map(from([30, 10, 20]), sleeper)))).toEqual([30, 10, 20]);
    const asDone = await world.settled(collect(pool.map(from([30, 10, 5]), sleeper, { ordered: false })));
    expect(asDone).toEqual([10, 5, 30]);
    expect(pool.stats.done).toBe(6);
  });

  it("leaving the loop cancels what runs, and leaves the pool as it is", async () => {
    const pool = new WorkerPool({ workers: 2 });
    const contexts: Context[] = [];
    const results = pool.map(from([1, 50, 50, 50]), (ctx, ms) => {
      contexts.push(ctx);
      return sleeper(ctx, ms);
    });
    const loop = (async () => {
      for await (const ms of results) return ms;
      return undefined;
    })();
    await world.clock.advance(1);
    expect(await loop).toBe(1);
    await flush();
    expect(contexts.every(({ err }) => err !== undefined)).toBe(true);
    expect([world.clock.timers, pool.stats.running]).toEqual([0, 0]);
    expect(await pool.submit(() => "next")).toBe("next");
  });

  it("shares the workers with other tasks", async () => {
    const pool = new WorkerPool({ workers: 1 });
    const other = pool.submit(job("other", 50));
    const results = collect(pool.map(from([10]), sleeper));
    await world.clock.advance(55);
    expect(pool.stats).toMatchObject({ running: 1, done: 1 });
    await world.settled(Promise.all([other, results]));
  });
});

describe("onProgress", () => {
  it("that throws has no effect on the pool, and is loud", async () => {
    const error = new Error("no progress bar");
    const loud = await unhandledIn(async () => {
      const pool = new WorkerPool({
        workers: 1,
        onProgress: () => {
          throw error;
        },
      });
      expect(await world.settled(Promise.all([pool.submit(job("a")), pool.submit(job("b"))]))).toEqual(["a", "b"]);
    });
    expect(loud).toEqual([error, error]);
  });

  it("hears how far the pool is after each task", async () => {
    const seen: unknown[] = [];
    const pool = new WorkerPool({
      workers: 1,
      onProgress: ({ done, failed, running, waiting }) => void seen.push([done, failed, running + waiting]),
    });
    const calls = [pool.submit(job("a")), pool.submit(() => Promise.reject(new Error("no"))), pool.submit(job("c"))];
    await world.settled(Promise.allSettled(calls));
    expect(seen).toEqual([
      [1, 0, 2],
      [1, 1, 1],
      [2, 1, 0],
    ]);
  });
});

it.each<[object, string]>([
  [{ workers: 0 }, "workers: expected a whole number >= 1, got 0"],
  [{}, "workers: expected a whole number >= 1, got undefined"],
  [{ workers: 1, queue: -1 }, "queue: expected a whole number >= 0, got -1"],
  [{ workers: 1, ctx: {} }, "ctx: expected a Context, got an instance of Object"],
  [{ workers: 1, onProgress: 1 }, "onProgress: expected a function, got 1"],
])("names what is wrong with an argument (%#)", (options, message) => {
  expect(() => new WorkerPool(options as never)).toThrow(message);
});

it("a task that is no function is refused", async () => {
  const pool = new WorkerPool({ workers: 1 });
  await expect(pool.submit("task" as never)).rejects.toThrow('task: expected a function, got "task"');
  expect(() => pool.trySubmit(undefined as never)).toThrow("task: expected a function, got undefined");
});
