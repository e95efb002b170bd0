import { describe, expect, it } from "vitest";
import { reasonOf } from "../src/reason-of.ts";

describe("reasonOf", () => {
  it("is the message, or the code of an error without one", () => {
    expect(reasonOf(new Error("down"))).toBe("down");
    expect(reasonOf(Object.assign(new Error(""), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
    expect(reasonOf("just text")).toBe("just text");
  });

  it("tells each reason of several once", () => {
    expect(reasonOf(new AggregateError([new Error("a"), new Error("b"), new Error("a")]))).toBe("a; b");
  });
});
