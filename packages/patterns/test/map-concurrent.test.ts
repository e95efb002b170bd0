import { Chan, sleep } from "@conc/chan";
import { background, type Context, contextKey, withCancel, withTimeout, withValue } from "@conc/context";
import { flush, stateOf } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generate, mapConcurrent } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();
const slowly = async (ctx: Context, ms: number) => {
  await sleep(ms, ctx);
  return ms * 2;
};
async function* asyncly<T>(items: Iterable<T>) {
  yield* items;
}

describe("mapConcurrent", () => {
  it("leaves a generator that cancels the work from inside, and takes no further item of it", async () => {
    using ctx = withCancel(background());
    const seen: number[] = [];
    let left = 0;
    function* items() {
      try {
        yield 1;
        ctx.cancel();
        yield 2;
      } finally {
        left++;
      }
    }
    const mapped = mapConcurrent(ctx, items(), (_, item) => seen.push(item), { concurrency: 1 });
    await expect(mapped).rejects.toThrow("context canceled");
    expect({ seen, left }).toEqual({ seen: [1], left: 1 });
  });

  it.each<[string, () => Iterable<number> | AsyncIterable<number>]>([
    ["an array", () => [30, 10, 20]],
    ["a set", () => new Set([30, 10, 20])],
    ["an async generator", () => asyncly([30, 10, 20])],
    ["a channel", () => generate(background(), () => [30, 10, 20])],
    ["a stream", () => streamOf([30, 10, 20])],
  ])("gives the results in the order of the items, of %s", async (_, items) => {
    expect(await world.settled(mapConcurrent(items(), slowly, { concurrency: 2 }))).toEqual([60, 20, 40]);
  });

  it.each([[[]], [asyncly<number>([])]])("of nothing is nothing", async (items) => {
    expect(await mapConcurrent(items, slowly, { concurrency: 3 })).toEqual([]);
  });

  it("works on no more than `concurrency` items, and as many as that, and takes none ahead", async () => {
    let [running, most, taken] = [0, 0, 0];
    const items = (function* () {
      for (let i = 0; i < 10; i++) {
        taken++;
        yield i;
      }
    })();
    const call = mapConcurrent(
      items,
      async (ctx, i) => {
        most = Math.max(most, ++running);
        await sleep(10, ctx);
        running--;
        return i;
      },
      { concurrency: 3 },
    );
    await flush();
    expect([taken, running]).toEqual([3, 3]);
    await world.clock.advance(10);
    expect(taken).toBe(6);
    expect(await world.settled(call)).toHaveLength(10);
    expect(most).toBe(3);
  });

  it("gives each call its item's place in the source", async () => {
    const pairs = await mapConcurrent(asyncly("abc"), (_ctx, item, index) => `${index}${item}`, {
      concurrency: Number.POSITIVE_INFINITY,
    });
    expect(pairs).toEqual(["0a", "1b", "2c"]);
  });

  it("on the first error takes no more, leaves the source, cancels the others, and rejects when they have ended", async () => {
    const error = new Error("bad item");
    let cleaned = false;
    const contexts: Context[] = [];
    const items = (function* () {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        cleaned = true;
      }
    })();
    const call = mapConcurrent(
      items,
      async (ctx, i) => {
        contexts.push(ctx);
        if (i === 1) {
          await sleep(5, ctx);
          throw error;
        }
        // Stubborn: it goes on for a while after its cancellation.
        await sleep(20);
        return i;
      },
      { concurrency: 3 },
    );
    call.catch(() => {});
    await world.clock.advance(5);
    expect([cleaned, contexts.length, contexts[0]?.cause]).toEqual([true, 3, error]);
    expect(await stateOf(call)).toEqual({ status: "pending" });
    await world.clock.advance(15);
    expect(await stateOf(call)).toEqual({ status: "rejected", reason: error });
    expect(contexts).toHaveLength(3);
  });

  it("the first real error is told, not the cancellations that follow it, nor later errors", async () => {
    const call = mapConcurrent(
      [50, 10, 20],
      async (ctx, ms) => {
        if (ms === 10) throw await sleep(ms).then(() => "first");
        if (ms === 20) throw await sleep(ms).then(() => "second");
        return sleep(ms, ctx);
      },
      { concurrency: 3 },
    );
    await expect(world.settled(call)).rejects.toBe("first");
  });

  it.each<[string, (ctx: Context, n: number) => Promise<number>]>([
    [
      "throws",
      () => {
        throw undefined;
      },
    ],
    ["rejects", () => Promise.reject(undefined)],
  ])("a function that %s with undefined has failed", async (_, fn) => {
    expect(await stateOf(mapConcurrent([1, 2], fn, { concurrency: 1 }))).toEqual({
      status: "rejected",
      reason: undefined,
    });
  });

  it.each<[string, () => Iterable<number> | AsyncIterable<number>]>([
    [
      "a generator",
      function* () {
        yield 1;
        throw new Error("source broke");
      },
    ],
    [
      "an async generator",
      async function* () {
        yield 1;
        throw new Error("source broke");
      },
    ],
    [
      "a channel that is closed with a cause",
      () => {
        const ch = new Chan<number>(1);
        ch.trySend(1);
        ch.close(new Error("source broke"));
        return ch;
      },
    ],
  ])("an error of the source is the call's: %s", async (_, items) => {
    let cancelled = false;
    const call = mapConcurrent(
      items(),
      (ctx) =>
        sleep(1000, ctx).catch((error) => {
          cancelled = true;
          throw error;
        }),
      { concurrency: 2 },
    );
    await expect(world.settled(call)).rejects.toThrow("source broke");
    expect(cancelled).toBe(true);
  });

  it("a source whose clean-up fails does not take the place of the error that led to it", async () => {
    const items = (function* () {
      try {
        yield* [1, 2, 3];
      } finally {
        // oxlint-disable-next-line no-unsafe-finally -- a clean-up that fails
        throw new Error("clean-up");
      }
    })();
    const call = mapConcurrent(items, () => Promise.reject(new Error("work")), { concurrency: 1 });
    await expect(call).rejects.toThrow("work");
  });

  it("a plain channel as the source stays as it is when the call fails", async () => {
    const ch = new Chan<number>(3);
    for (const n of [1, 2, 3]) ch.trySend(n);
    await expect(mapConcurrent(ch, () => Promise.reject(new Error("no")), { concurrency: 1 })).rejects.toThrow("no");
    expect(ch.length).toBe(2);
    expect(ch.trySend(4)).toBe(true);
  });

  it("cancel: takes no more, cancels what runs, and rejects with the context's error when that has ended", async () => {
    const ctx = withTimeout(background(), 15);
    let calls = 0;
    const call = mapConcurrent(
      Array.from({ length: 100 }, () => 10),
      (own, ms) => {
        calls++;
        return sleep(ms, own);
      },
      { concurrency: 2, ctx },
    );
    const reason = await world.settled(call).catch((error: unknown) => error);
    expect(reason).toBe(ctx.err);
    expect(calls).toBe(4);
  });

  it("is cancelled by the context that is given first, and its values reach the function", async () => {
    const user = contextKey<string>("user");
    const ctx = withCancel(withValue(background(), user, "ada"));
    const seen: unknown[] = [];
    const call = mapConcurrent(
      ctx,
      [10, 10, 10],
      async (own, ms) => {
        seen.push(own.value(user));
        await sleep(ms, own);
      },
      { concurrency: 1 },
    );
    await world.clock.advance(15);
    ctx.cancel();
    await expect(call).rejects.toBe(ctx.err);
    expect(seen).toEqual(["ada", "ada"]);
    expect(await mapConcurrent(background(), [1, 2], (_own, n) => n + 1, { concurrency: 2 })).toEqual([2, 3]);
  });

  it.each([
    ["shorter", (items: number[]) => void items.pop(), [10, 20]],
    ["longer", (items: number[]) => void items.push(30), [10, 20, 30, 30]],
  ])("an array that becomes %s meanwhile is as long as it is when its end is reached", async (_, change, expected) => {
    const items = [10, 20, 30];
    const call = mapConcurrent(items, (ctx, ms) => sleep(ms, ctx).then(() => ms), { concurrency: 1 });
    change(items);
    expect(await world.settled(call)).toEqual(expected);
  });

  it("cancel before the source has ended: work that succeeds all the same makes no success of it", async () => {
    const ctx = withCancel(background());
    const call = mapConcurrent([10, 20, 30], (_ctx, ms) => sleep(ms), { concurrency: 1, ctx });
    await world.clock.advance(5);
    ctx.cancel();
    await expect(world.settled(call)).rejects.toBe(ctx.err);
  });

  it.each([
    ["before", (fail: () => void, cancel: () => void) => (fail(), cancel())],
    ["after", (fail: () => void, cancel: () => void) => (cancel(), fail())],
  ])(
    "an error that comes just %s the cancel, in the same step, is told: it has a reason of its own",
    async (_, together) => {
      const ctx = withCancel(background());
      const gate = new Chan<never>();
      const call = stateOf(mapConcurrent(ctx, [1, 2, 3], () => gate.recv(), { concurrency: 2 }));
      await Promise.resolve();
      const error = new Error("bad item");
      together(
        () => gate.close(error),
        () => ctx.cancel(),
      );
      expect(await call).toEqual({ status: "rejected", reason: error });
    },
  );

  it("cancel while it waits for a slow source ends the wait", async () => {
    const ctx = withCancel(background());
    const call = stateOf(mapConcurrent(new Chan<number>(), slowly, { concurrency: 5, ctx }));
    expect(await call).toEqual({ status: "pending" });
    const waiting = mapConcurrent(new Chan<number>(), slowly, { concurrency: 5, ctx });
    ctx.cancel();
    await expect(waiting).rejects.toBe(ctx.err);
    const never = mapConcurrent([1], slowly, { concurrency: 1, ctx });
    await expect(never).rejects.toBe(ctx.err);
  });

  it("cancel when all items have been taken: the work that gives up leaves no hole in the results", async () => {
    const ctx = withCancel(background());
    const call = mapConcurrent([10, 20], slowly, { concurrency: 2, ctx });
    const stubborn = mapConcurrent([10, 20], (_ctx, ms) => sleep(ms).then(() => ms), { concurrency: 2, ctx });
    await world.clock.advance(10);
    ctx.cancel();
    await expect(call).rejects.toBe(ctx.err);
    expect(await world.settled(stubborn)).toEqual([10, 20]);
  });

  it("a cancel after the last item was done changes nothing", async () => {
    const ctx = withCancel(background());
    const call = mapConcurrent([1], async () => "done", { concurrency: 1, ctx });
    await Promise.resolve();
    await Promise.resolve();
    ctx.cancel();
    expect(await call).toEqual(["done"]);
  });

  it("trivial work does not keep timers from their turn", async () => {
    world.useRealClock();
    let [served, calls] = [false, 0];
    const timer = setTimeout(() => {
      served = true;
    }, 1);
    const items = (function* () {
      // Ends by itself after about a second, so that the test fails and does not hang.
      while (!served && calls < 2_000_000) yield 0;
    })();
    await mapConcurrent(
      items,
      async () => {
        calls++;
      },
      { concurrency: 4 },
    );
    clearTimeout(timer);
    expect(served).toBe(true);
  });

  it("work that takes its time without waiting does not keep them either, for longer than a turn or two", async () => {
    world.useRealClock();
    let [served, calls] = [false, 0];
    const timer = setTimeout(() => {
      served = true;
    }, 1);
    const items = (function* () {
      while (!served && calls < 10_000) yield 0;
    })();
    const busy = (ms: number) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    await mapConcurrent(items, async () => (calls++, busy(0.1)), { concurrency: 16 });
    clearTimeout(timer);
    // A turn is 10 ms, and looked at every 64 calls.
    expect(calls).toBeLessThan(1_000);
  });

  it("gives what Promise.all over all items gives, for whatever items, times and concurrency", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ms: fc.integer({ min: 0, max: 20 }), fails: fc.boolean() }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (drawn, concurrency, isAsync) => {
          let running = 0;
          const failures: number[] = [];
          const call = mapConcurrent(
            isAsync ? asyncly(drawn) : drawn,
            async (_ctx, { ms, fails }, index) => {
              running++;
              expect(running).toBeLessThanOrEqual(concurrency);
              await sleep(ms);
              running--;
              if (fails && ms > 10) {
                failures.push(index);
                throw index;
              }
              return ms;
            },
            { concurrency },
          );
          const outcome = await world.settled(call).catch((reason: unknown) => ({ reason }));
          expect(running).toBe(0);
          expect(outcome).toEqual(failures.length > 0 ? { reason: failures[0] } : drawn.map(({ ms }) => ms));
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      "concurrency 0",
      () => mapConcurrent([1], slowly, { concurrency: 0 }),
      "concurrency: expected a whole number >= 1",
    ],
    ["no options", () => mapConcurrent([1], slowly, undefined as never), "concurrency: expected a whole number >= 1"],
    ["no function", () => mapConcurrent([1], 5 as never, { concurrency: 1 }), "fn: expected a function, got 5"],
    ["no items", () => mapConcurrent(7 as never, slowly, { concurrency: 1 }), "items: expected an iterable, an async"],
    ["no context", () => mapConcurrent([1], slowly, { concurrency: 1, ctx: {} as never }), "ctx: expected a Context"],
    [
      "a bare signal",
      () => mapConcurrent(new AbortController().signal as never, [1], slowly, { concurrency: 1 }),
      "ctx: expected a Context, got an instance of AbortSignal; fromSignal(signal) makes a Context of it",
    ],
  ])("rejects and names the argument: %s", async (_, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});

function streamOf<T>(values: readonly T[]) {
  return new ReadableStream<T>({
    start: (controller) => {
      for (const value of values) controller.enqueue(value);
      controller.close();
    },
  });
}
