import { Chan, from, sleep } from "@conc/chan";
import { background } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batch, generate } from "../../src/index.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

const world = useWorld();

describe("batch", () => {
  it("delivers full batches, and at the end what is left; never an empty one", async () => {
    expect(await collect(batch(from(counter(5)), { size: 2 }))).toEqual({ values: [[0, 1], [2, 3], [4]] });
    expect(await collect(batch(from(counter(4)), { size: 2 }))).toEqual({
      values: [
        [0, 1],
        [2, 3],
      ],
    });
    expect(await collect(batch(from([]), { size: 2 }))).toEqual({ values: [] });
  });

  it("delivers what came within `ms` of a batch's first value", async () => {
    const input = new Chan<number>();
    const all = collect(batch(input, { size: 10, ms: 20 })).then((result) => {
      world.note("closed");
      return result;
    });
    for (const [n, gap] of [5, 10, 30, 19, 1].entries()) {
      await world.clock.advance(gap);
      await input.send(n);
    }
    await world.clock.advance(100);
    input.close();
    expect(await all).toEqual({ values: [[0, 1], [2, 3], [4]] });
  });

  it("holds no timer when no value has come", async () => {
    const input = new Chan<number>();
    const all = collect(batch(input, { size: 2, ms: 1000 }));
    await flush();
    expect(world.clock.timers).toBe(0);
    await input.send(1);
    await flush();
    expect(world.clock.timers).toBe(1);
    await input.send(2);
    await flush();
    expect(world.clock.timers).toBe(0);
    input.close();
    expect(await all).toEqual({ values: [[1, 2]] });
  });

  it("flushes the partial batch before the input's cause", async () => {
    const input = new Chan<number>();
    const all = collect(batch(input, { size: 3, ms: 1000 }));
    await input.send(1);
    const cause = new Error("upstream");
    input.close(cause);
    expect(await all).toEqual({ values: [[1]], cause });
  });

  it("a slow receiver keeps the input at most one batch ahead", async () => {
    const source = counter();
    const out = batch(
      generate(background(), () => source),
      { size: 3 },
    );
    await flush();
    expect(source.asked).toBe(3);
    await out.recv();
    await flush();
    expect(source.asked).toBe(6);
    await take(out, 1);
    await flush();
    expect(source.ended).toBe(true);
  });

  it("loses nothing, keeps the order, and makes no batch larger than its size, whenever values come", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 15 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 12 }),
        async (gaps, size, ms) => {
          const input = new Chan<number>();
          const producer = (async () => {
            for (const [i, gap] of gaps.entries()) {
              await sleep(gap);
              await input.send(i);
            }
            input.close();
          })();
          const { values } = await world.settled(collect(batch(input, { size, ms })));
          await producer;
          expect(values.flat()).toEqual(gaps.map((_, i) => i));
          for (const some of values) {
            expect(some.length).toBeGreaterThan(0);
            expect(some.length).toBeLessThanOrEqual(size);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("names what is wrong with an argument", () => {
    expect(() => batch(from([1]), { size: 0 })).toThrow("size: expected a whole number >= 1, got 0");
    expect(() => batch(from([1]), { size: 1, ms: Number.NaN })).toThrow(
      "ms: expected a number of milliseconds, got NaN",
    );
    expect(() => batch([] as never, { size: 1 })).toThrow("input: expected a channel to receive from");
  });
});
