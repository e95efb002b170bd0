import { Chan } from "@conc/chan";
import { expect as jestExpect } from "expect";
import { describe, expect, it } from "vitest";
import { matchers } from "../src/index.ts";
import type { ConcMatchers } from "../src/vitest.ts";

jestExpect.extend(matchers as never);

describe("with jest's expect", () => {
  it("the same matchers work", async () => {
    const jest = (received: unknown) => jestExpect(received) as never as ConcMatchers & { not: ConcMatchers };
    jest(new Chan()).toBeIdle();
    expect(() => jest(new Chan()).not.toBeIdle()).toThrow("not to be idle");
    await jest(new Chan().recv()).toBePending();
    await expect(jest(Promise.resolve(1)).toBePending()).rejects.toThrow("fulfilled with 1");
  });
});
