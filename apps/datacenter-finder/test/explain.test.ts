import { describe, expect, it } from "vitest";
import { z } from "zod";
import { explain } from "../src/explain.ts";

const schema = z.strictObject(
  { list: z.array(z.object({ n: z.int({ error: "expected a whole number" }) })) },
  { error: "expected only list" },
);

function explained(input: unknown): string {
  const { error } = schema.safeParse(input, { reportInput: true });
  return error === undefined ? "nothing" : explain(error);
}

describe("explain", () => {
  it("names the thing, what was expected and what was got", () => {
    expect(explained({ list: [{ n: 1 }, { n: 1.5 }] })).toBe("list[1].n: expected a whole number, got 1.5");
    expect(explained({ list: [{ n: "one" }] })).toBe('list[0].n: expected a whole number, got "one"');
    expect(explained({ list: [{}] })).toBe("list[0].n: expected a whole number, got nothing");
  });

  it("tells everything that is wrong", () => {
    expect(explained({ list: [{ n: "a" }], more: 1 })).toBe(
      'list[0].n: expected a whole number, got "a"; expected only list, got more',
    );
  });

  it("cuts short what is long", () => {
    expect(explained({ list: [{ n: "x".repeat(1000) }] })).toBe(
      `list[0].n: expected a whole number, got "${"x".repeat(76)}...`,
    );
  });
});
