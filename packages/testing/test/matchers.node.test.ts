import { Chan } from "@conc/chan";
import { expect as jestExpect } from "expect";
import { describe, expect, it } from "vitest";
import { type ConcMatchers, matchers } from "../src/index.ts";

declare module "expect" {
  interface Matchers<R> extends ConcMatchers<R> {}
}

jestExpect.extend(matchers);

describe("with jest's expect", () => {
  it("the same matchers work, with their types", async () => {
    jestExpect(new Chan()).toBeIdle();
    expect(() => jestExpect(new Chan()).not.toBeIdle()).toThrow("not to be idle");
    await jestExpect(new Chan().recv()).toBePending();
    await expect(jestExpect(Promise.resolve(1)).toBePending()).rejects.toThrow("fulfilled with 1");
  });
});
