import { Chan, from, sleep } from "@conc/chan";
import { background, type Context, withCancel } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generate, map } from "../../src/index.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

const world = useWorld();
const sleeper = async (ctx: Context, ms: number) => {
  await sleep(ms, ctx);
  return ms;
};

describe("map", () => {
  it("works on one item at a time, unless told otherwise", async () => {
    let [running, most] = [0, 0];
    const out = map(from([3, 1, 2]), async (ctx, ms, index) => {
      most = Math.max(most, ++running);
      await sleep(ms, ctx);
      running--;
      return `${index}: ${ms}`;
    });
    expect(await world.settled(collect(out))).toEqual({ values: ["0: 3", "1: 1", "2: 2"] });
    expect(most).toBe(1);
  });

  it("ordered: results come in the order of the items, however long each takes", async () => {
    const out = map(from([30, 10, 20, 5]), sleeper, { concurrency: 3 });
    expect(await world.settled(collect(out))).toEqual({ values: [30, 10, 20, 5] });
  });

  it("not ordered: results come as they are done", async () => {
    const out = map(from([30, 10, 20, 5]), sleeper, { concurrency: 3, ordered: false });
    expect(await world.settled(collect(out))).toEqual({ values: [10, 5, 20, 30] });
  });

  it("without a limit works on all there is", async () => {
    const out = map(from([30, 10, 20]), sleeper, { concurrency: Number.POSITIVE_INFINITY, ordered: false });
    const all = collect(out);
    await world.clock.advance(30);
    expect(await all).toEqual({ values: [10, 20, 30] });
  });

  it("passes on the input's cause, after everything that came before it", async () => {
    const input = new Chan<number>(2);
    input.trySend(30);
    input.trySend(10);
    const cause = new Error("upstream");
    input.close(cause);
    expect(await world.settled(collect(map(input, sleeper, { concurrency: 2 })))).toEqual({ values: [30, 10], cause });
  });

  it("a failure closes it with the error, after the results before it; later calls are cancelled, the source is left", async () => {
    const source = counter();
    const cancelled: number[] = [];
    const out = map(
      generate(background(), () => source),
      async (ctx, n) => {
        await sleep(n === 0 ? 50 : 10, ctx).catch((error) => {
          cancelled.push(n);
          throw error;
        });
        if (n === 1) throw new Error("item 1");
        if (n > 1) await sleep(1000, ctx);
        return n;
      },
      { concurrency: 3 },
    );
    const all = collect(out);
    await world.clock.advance(60);
    expect(await all).toEqual({ values: [0], cause: new Error("item 1") });
    expect(source).toMatchObject({ asked: 3, ended: true });
    expect(world.clock.timers).toBe(0);
  });

  it("takes nothing more once an item has failed, while the results before it are on their way", async () => {
    const input = new Chan<number>(5);
    for (const ms of [10, 50, 5, 1, 1]) input.trySend(ms);
    const begun: number[] = [];
    const out = map(
      input,
      async (ctx, ms) => {
        begun.push(ms);
        await sleep(ms, ctx);
        if (ms === 5) throw new Error("item 2");
        return ms;
      },
      { concurrency: 3 },
    );
    expect(await world.settled(collect(out))).toEqual({ values: [10, 50], cause: new Error("item 2") });
    expect([begun, input.length]).toEqual([[10, 50, 5], 2]);
  });

  it.each([true, false])("of two failures, the one that comes first is told (ordered: %s)", async (ordered) => {
    const out = map(
      from([20, 10]),
      async (_ctx, ms) => {
        await sleep(ms);
        throw new Error(`after ${ms}`);
      },
      { concurrency: 2, ordered },
    );
    const { cause } = await world.settled(collect(out));
    expect(cause).toEqual(new Error(ordered ? "after 20" : "after 10"));
  });

  it("a function that fails with undefined closes it with an Error whose cause is undefined", async () => {
    const { values, cause } = await collect(map(from([1]), () => Promise.reject(undefined)));
    expect(values).toEqual([]);
    expect(cause).toBeInstanceOf(Error);
    expect((cause as Error).cause).toBeUndefined();
  });

  it("a function that throws at once fails like one that rejects", async () => {
    const error = new Error("thrown");
    const out = map(from([1]), () => {
      throw error;
    });
    expect(await collect(out)).toEqual({ values: [], cause: error });
  });

  it("a function that ignores its context does not hold up who leaves the loop, nor the end of the source", async () => {
    const [source, stuck] = [counter(), new Chan<never>()];
    const out = map<number, unknown>(
      generate(background(), () => source),
      (_ctx, n) => (n === 0 ? n : stuck.recv()),
      { concurrency: 2 },
    );
    expect(await take(out, 1)).toEqual([0]);
    await flush();
    expect(source.ended).toBe(true);
    expect(await out.recv()).toEqual({ value: undefined, ok: false });
    stuck.close();
  });

  it.each([true, false])(
    "nor does it hold up the end of the source when another call fails (ordered: %s)",
    async (ordered) => {
      const [source, stuck] = [counter(), new Chan<never>()];
      const out = map(
        generate(background(), () => source),
        (_ctx, n) => (n === 0 ? stuck.recv() : Promise.reject(new Error("item 1"))),
        { concurrency: 3, ordered },
      );
      const all = collect(out);
      await flush();
      expect(source.ended).toBe(true);
      stuck.close();
      expect((await all).cause).toEqual(new Error("item 1"));
    },
  );

  it("leaving the loop cancels what runs and leaves the input", async () => {
    const source = counter();
    const contexts: Context[] = [];
    const out = map(
      generate(background(), () => source),
      (ctx, n) => {
        contexts.push(ctx);
        return sleeper(ctx, n * 10);
      },
      { concurrency: 3 },
    );
    expect(await world.settled(take(out, 1))).toEqual([0]);
    expect(contexts.every(({ err }) => err !== undefined)).toBe(true);
    expect(source.ended).toBe(true);
  });

  it("leaving the end of a pipeline ends all of it", async () => {
    const source = counter();
    const stages = map(
      map(
        map(
          generate(background(), () => source),
          (_ctx, n) => n + 1,
          { concurrency: 2 },
        ),
        (_ctx, n) => n * 2,
      ),
      (_ctx, n) => `${n}`,
      { ordered: false, concurrency: 2 },
    );
    expect((await take(stages, 3)).length).toBe(3);
    await flush();
    expect(source.ended).toBe(true);
  });

  it("cancel closes it with the context's error", async () => {
    const ctx = withCancel(background());
    const out = map(ctx, from([60_000]), sleeper);
    const all = collect(out);
    await flush();
    ctx.cancel();
    expect(await all).toEqual({ values: [], cause: ctx.err });
  });

  it("loses and invents nothing, keeps the order it promises, and never runs further ahead than buffer + concurrency", async () => {
    const step = fc.record({ ms: fc.integer({ min: 0, max: 9 }), pause: fc.integer({ min: 0, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 14 }),
        fc.record({
          concurrency: fc.integer({ min: 1, max: 4 }),
          buffer: fc.integer({ min: 0, max: 3 }),
          ordered: fc.boolean(),
        }),
        fc.option(fc.integer({ min: 0, max: 14 })),
        async (steps, options, failsAt) => {
          let [taken, received, running] = [0, 0, 0];
          const out = map(
            generate(background(), function* () {
              for (const drawn of steps) {
                taken++;
                yield drawn;
              }
            }),
            async (ctx, { ms }, index) => {
              running++;
              expect(running).toBeLessThanOrEqual(options.concurrency);
              await sleep(ms, ctx).finally(() => running--);
              if (index === failsAt) throw index;
              return index;
            },
            options,
          );
          const values: number[] = [];
          const consumer = (async () => {
            for await (const index of out) {
              received++;
              values.push(index);
              await sleep(steps[index]?.pause ?? 0);
            }
          })().catch((cause: unknown) => cause);
          for (let t = 0; t < 300; t += 3) {
            await world.clock.advance(3);
            expect(taken - received).toBeLessThanOrEqual(options.concurrency + options.buffer);
          }
          const cause = await consumer;
          const failed = failsAt !== null && failsAt < steps.length;
          expect(cause).toBe(failed ? failsAt : undefined);
          const inOrder = [...values].sort((a, b) => a - b);
          expect(new Set(values).size).toBe(values.length);
          expect(options.ordered ? values : inOrder).toEqual(inOrder);
          // All of them; or, in order, all before the one that failed.
          const complete = Array.from({ length: failed ? failsAt : steps.length }, (_, i) => i);
          expect(failed && !options.ordered ? [] : inOrder).toEqual(failed && !options.ordered ? [] : complete);
          expect(running).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  }, 30_000);

  it("names what is wrong with an argument", () => {
    const input = from([1]);
    expect(() => map([1] as never, sleeper)).toThrow(
      "input: expected a channel to receive from, got an instance of Array",
    );
    expect(() => map(input, 1 as never)).toThrow("fn: expected a function, got 1");
    expect(() => map(input, sleeper, { concurrency: 0 })).toThrow("concurrency: expected a whole number >= 1, got 0");
    expect(() => map(input, sleeper, { buffer: -1 })).toThrow("buffer: expected a whole number >= 0, got -1");
  });
});
