import { Chan, from } from "@conc/chan";
import { background } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { generate, tee } from "../../src/index.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

useWorld();

describe("tee", () => {
  it("every channel delivers everything, in order", async () => {
    const all = await Promise.all(tee(from(counter(5)), 3).map(collect));
    expect(all).toEqual([1, 2, 3].map(() => ({ values: [0, 1, 2, 3, 4] })));
  });

  it("the slowest receiver sets the pace", async () => {
    const source = counter();
    const [fast, slow] = tee(
      generate(background(), () => source),
      2,
    ) as [Chan<number>, Chan<number>];
    await fast.recv();
    const second = fast.recv();
    await flush();
    expect(source.asked).toBe(1);
    await slow.recv();
    expect(await second).toEqual({ value: 1, ok: true });
    await take(slow, 1);
    await take(fast, 1);
  });

  it("one that is left is closed and the others go on, also when a value waits in it", async () => {
    const [left, used] = tee(from(counter(4)), 2) as [Chan<number>, Chan<number>];
    const all = collect(used);
    await flush();
    expect(await take(left, 2)).toEqual([0, 1]);
    expect(await all).toEqual({ values: [0, 1, 2, 3] });
  });

  it("when all are left, so is the input", async () => {
    const source = counter();
    const outs = tee(
      generate(background(), () => source),
      2,
    );
    await Promise.all(outs.map((out) => take(out, 2)));
    await flush();
    expect(source.ended).toBe(true);
  });

  it("a cause reaches every channel", async () => {
    const input = new Chan<number>(1);
    input.trySend(1);
    const cause = new Error("upstream");
    input.close(cause);
    const all = await Promise.all(tee(input, 2).map(collect));
    expect(all).toEqual([1, 2].map(() => ({ values: [1], cause })));
  });

  it("names what is wrong with an argument", () => {
    expect(() => tee(from([1]), 1.5)).toThrow("n: expected a whole number >= 1, got 1.5");
    expect(() => tee(null as never, 1)).toThrow("input: expected a channel to receive from, got null");
  });
});
