import { Chan, from } from "@conc/chan";
import { background } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fanIn, generate } from "../../src/index.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

useWorld();

describe("fanIn", () => {
  it("delivers everything of every input, each in its order, and closes when all are closed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 6 }), { maxLength: 5 }), async (lengths) => {
        const inputs = lengths.map((n, i) => from(Array.from({ length: n }, (_, k) => [i, k] as const)));
        const { values, cause } = await collect(fanIn(...inputs));
        expect(cause).toBeUndefined();
        for (const [i, n] of lengths.entries()) {
          expect(values.filter(([of]) => of === i).map(([, k]) => k)).toEqual(Array.from({ length: n }, (_, k) => k));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("of nothing is closed", async () => {
    expect(await collect(fanIn())).toEqual({ values: [] });
  });

  it("takes at most one value of each input that was not received", async () => {
    const sources = [counter(), counter()];
    const out = fanIn(...sources.map((source) => generate(background(), () => source)));
    await flush();
    expect(sources.map(({ asked }) => asked)).toEqual([1, 1]);
    await out.recv();
    await flush();
    expect(sources.map(({ asked }) => asked).toSorted((a, b) => a - b)).toEqual([1, 2]);
    await take(out, 1);
    await flush();
    expect(sources.map(({ ended }) => ended)).toEqual([true, true]);
  });

  it("an input's cause closes it, and leaves the other inputs", async () => {
    const source = counter();
    const failing = new Chan<number>();
    const out = fanIn(
      generate(background(), () => source),
      failing,
    );
    const cause = new Error("input 1");
    failing.close(cause);
    expect((await collect(out)).cause).toBe(cause);
    await flush();
    expect(source.ended).toBe(true);
  });

  it("names the input that is no channel", () => {
    expect(() => fanIn(from([1]), [2] as never)).toThrow(
      "inputs[1]: expected a channel to receive from, got an instance",
    );
  });
});
