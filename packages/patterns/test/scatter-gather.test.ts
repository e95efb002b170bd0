import { recv, select, sleep } from "@conc/chan";
import { background, type Context, withCancel } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { scatterGather, type Settled } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

const after = async (ctx: Context, ms: number) => {
  await sleep(ms, ctx);
  if (ms === 13) throw new Error("bad luck");
  return ms * 2;
};

async function gather<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe("scatterGather", () => {
  it("delivers answers and failures as they arrive, each with its target, and then closes", async () => {
    const all = gather(scatterGather(background(), [30, 13, 20], after));
    await world.clock.advance(30);
    expect(await all).toEqual([
      { target: 13, index: 1, status: "rejected", reason: new Error("bad luck") },
      { target: 20, index: 2, status: "fulfilled", value: 40 },
      { target: 30, index: 0, status: "fulfilled", value: 60 },
    ]);
  });

  it("asks no more targets at a time than `concurrency`", async () => {
    let [running, most] = [0, 0];
    const results = scatterGather(
      background(),
      Array.from({ length: 9 }, (_, i) => i),
      async (ctx, n) => {
        most = Math.max(most, ++running);
        await sleep(10, ctx);
        running--;
        return n;
      },
      { concurrency: 2 },
    );
    const all = gather(results);
    await world.clock.advance(100);
    expect((await all).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).toBe(2);
  });

  it("leaving the loop cancels what still runs and starts nothing more", async () => {
    const contexts: Context[] = [];
    const results = scatterGather(
      background(),
      [1, 50, 60, 70],
      (ctx, ms) => {
        contexts.push(ctx);
        return after(ctx, ms);
      },
      { concurrency: 2 },
    );
    const loop = (async () => {
      for await (const { target } of results) return target;
      return undefined;
    })();
    await world.clock.advance(1);
    expect(await loop).toBe(1);
    expect(contexts.map(({ err }) => err?.name)).toEqual(["AbortError", "AbortError", "AbortError"]);
    expect(world.clock.timers).toBe(0);
    await flush();
    expect(contexts).toHaveLength(3);
  });

  it("leaving the loop does not wait for a target that ignores its context, and never answers", async () => {
    const results = scatterGather(background(), ["stuck", "quick"], (_ctx, target, index) =>
      target === "stuck" ? new Promise<number>(() => {}) : index,
    );
    const loop = (async () => {
      for await (const { target, index } of results) return [target, index];
      return [];
    })();
    expect(await loop).toEqual(["quick", 1]);
  });

  it("leaving the loop by a throw cancels as well", async () => {
    let seen: Context | undefined;
    const results = scatterGather(background(), [1, 50], (ctx, ms) => {
      seen = ctx;
      return after(ctx, ms);
    });
    const loop = (async () => {
      for await (const { target } of results) throw new Error(`no use for ${target}`);
    })();
    loop.catch(() => {});
    await world.clock.advance(1);
    await expect(loop).rejects.toThrow("no use for 1");
    expect(seen?.err?.name).toBe("AbortError");
  });

  it("a cancelled context gives every target a result all the same", async () => {
    const ctx = withCancel(background());
    let asked = 0;
    const results = scatterGather(
      ctx,
      [10, 20, 30, 40],
      (own, ms) => {
        asked++;
        return after(own, ms);
      },
      { concurrency: 2 },
    );
    const all = gather(results);
    await world.clock.advance(10);
    ctx.cancel();
    expect((await all).map(({ target, status }) => [target, status])).toEqual([
      [10, "fulfilled"],
      [20, "rejected"],
      [30, "rejected"],
      [40, "rejected"],
    ]);
    expect(asked).toBe(3);
    const none = await gather(scatterGather(ctx, [1, 2], after));
    expect(none).toEqual([1, 2].map((target, index) => ({ target, index, status: "rejected", reason: ctx.err })));
  });

  it("a receiver that goes away holds nobody up", async () => {
    let ended = 0;
    const results = scatterGather(background(), [1, 2, 3], async (ctx, ms) => {
      await sleep(ms, ctx);
      ended++;
    });
    const first = results.recv();
    await world.clock.advance(10);
    expect(await first).toMatchObject({ value: { target: 1 }, ok: true });
    expect(ended).toBe(3);
  });

  it("its channel can stand in a select", async () => {
    const results = scatterGather(background(), [5], after);
    const chosen = select([recv(results, ({ value }) => (value as Settled<number, number>).target)]);
    await world.clock.advance(5);
    expect(await chosen).toBe(5);
    expect(await results.recv()).toEqual({ value: undefined, ok: false });
  });

  it("a function that throws, and one that fails with undefined, are failures of their targets", async () => {
    const error = new Error("thrown");
    const results = scatterGather(background(), [1, 2, 3], (_ctx, n) => {
      if (n === 1) throw error;
      return n === 2 ? Promise.reject(undefined) : n;
    });
    expect((await gather(results)).sort((a, b) => a.index - b.index)).toEqual([
      { target: 1, index: 0, status: "rejected", reason: error },
      { target: 2, index: 1, status: "rejected", reason: undefined },
      { target: 3, index: 2, status: "fulfilled", value: 3 },
    ]);
  });

  it("names what is wrong with an argument", () => {
    expect(() => scatterGather(background(), [], after)).toThrow("targets: expected at least one, got none");
    expect(() => scatterGather(background(), [1], 7 as never)).toThrow("fn: expected a function, got 7");
    expect(() => scatterGather(background(), [1], after, { concurrency: 0 })).toThrow(
      "concurrency: expected a whole number >= 1, got 0",
    );
    expect(() => scatterGather(null as never, [1], after)).toThrow(TypeError);
  });
});
