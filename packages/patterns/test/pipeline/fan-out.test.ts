import { Chan, from } from "@conc/chan";
import { background } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fanOut, generate } from "../../src/index.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

const world = useWorld();

describe("fanOut", () => {
  it("each value comes out once, of one channel or the other, and each channel keeps the order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 20 }), fc.integer({ min: 1, max: 4 }), async (length, n) => {
        const all = await Promise.all(fanOut(from(counter(length)), n).map(collect));
        expect(all.map(({ cause }) => cause)).toEqual(Array.from({ length: n }, () => undefined));
        for (const { values } of all) expect(values).toEqual(values.toSorted((a, b) => a - b));
        expect(all.flatMap(({ values }) => values).toSorted((a, b) => a - b)).toEqual([...counter(length)]);
      }),
      { numRuns: 60 },
    );
  });

  it("a receiver that does not come holds nobody up", async () => {
    const [, used] = fanOut(from(counter(5)), 2);
    expect(await collect(used as NonNullable<typeof used>)).toEqual({ values: [0, 1, 2, 3, 4] });
  });

  it("takes one value ahead of its receivers, however many there are", async () => {
    const source = counter(9);
    const outs = fanOut(
      generate(background(), () => source),
      3,
    );
    await flush();
    expect(source.asked).toBe(1);
    expect(await outs[1]?.recv()).toEqual({ value: 0, ok: true });
    await flush();
    expect(source.asked).toBe(2);
    await Promise.all(outs.map(collect));
  });

  it("one that is left is closed, and what it would have got goes to the others", async () => {
    const source = counter(9);
    const [left, used] = fanOut(
      generate(background(), () => source),
      2,
    ) as [Chan<number>, Chan<number>];
    // With nobody else receiving, a value waits for either; leaving one must not lose it.
    expect(await take(left, 1)).toEqual([0]);
    expect(await collect(used)).toEqual({ values: [1, 2, 3, 4, 5, 6, 7, 8] });
    expect(await left.recv()).toEqual({ value: undefined, ok: false });
  });

  it("when all are left, so is the input", async () => {
    const source = counter();
    const outs = fanOut(
      generate(background(), () => source),
      2,
    );
    await Promise.all(outs.map((out) => take(out, 1)));
    await flush();
    expect(source.ended).toBe(true);
  });

  it("a cause reaches every channel", async () => {
    const input = new Chan<number>();
    const all = fanOut(input, 3).map(collect);
    const cause = new Error("upstream");
    input.close(cause);
    expect(await Promise.all(all)).toEqual([1, 2, 3].map(() => ({ values: [], cause })));
    expect(world.clock.timers).toBe(0);
  });

  it("names what is wrong with an argument", () => {
    expect(() => fanOut(from([1]), 0)).toThrow("n: expected a whole number >= 1, got 0");
    expect(() => fanOut({} as never, 1)).toThrow("input: expected a channel to receive from");
  });
});
