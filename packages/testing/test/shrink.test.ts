import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Failure } from "../src/failure.ts";
import type { RunResult } from "../src/run-options.ts";
import { shrink } from "../src/shrink.ts";

const failure: Failure = { kind: "error", error: new Error("no") };

/** Shrinks against a program that fails in the given way. */
async function shrunk(
  choices: number[],
  fails: (choices: readonly number[]) => Failure | undefined,
): Promise<readonly number[]> {
  return shrink(
    { choices, failure },
    async (tried) => ({ choices: tried, failure: fails(tried) }) as unknown as RunResult,
  );
}

describe("shrinking", () => {
  it("leaves the choices that the failure needs, and nothing after them", async () => {
    const needs = (choices: readonly number[]) => (choices[2] === 1 && choices[5] === 2 ? failure : undefined);
    expect(await shrunk([3, 1, 1, 4, 1, 2, 9, 2, 0, 6], needs)).toEqual([0, 0, 1, 0, 0, 2]);
  });

  it("comes to nothing when every schedule fails", async () => {
    expect(await shrunk([3, 1, 4, 1, 5], () => failure)).toEqual([]);
  });

  it("keeps what it was given when nothing smaller fails", async () => {
    expect(await shrunk([1, 2, 0], (choices) => (choices.length > 2 ? failure : undefined))).toEqual([1, 2]);
  });

  it("does not trade the failure for another one", async () => {
    const other: Failure = { kind: "deadlock", error: new Error("no") };
    const type: Failure = { kind: "error", error: new TypeError("no") };
    const fails = (choices: readonly number[]) => (choices[0] === 1 ? failure : choices.length > 1 ? other : type);
    expect(await shrunk([1, 1, 1], fails)).toEqual([1]);
  });

  it("never makes it longer or gives it more switches, and what it gives fails", async () => {
    const choices = fc.array(fc.nat(3), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(choices, fc.nat(40), async (list, sum) => {
        const fails = (tried: readonly number[]) => (tried.reduce((a, b) => a + b, 0) >= sum ? failure : undefined);
        fc.pre(fails(list) !== undefined);
        const result = await shrunk(list, fails);
        expect(fails(result)).toBe(failure);
        expect(result.length).toBeLessThanOrEqual(list.length);
        expect(result.filter(Boolean).length).toBeLessThanOrEqual(list.filter(Boolean).length);
      }),
    );
  });
});
