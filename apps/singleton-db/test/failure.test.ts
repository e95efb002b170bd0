import { describe, expect, it } from "vitest";
import { reasonOf } from "../src/failure.ts";

describe("the reason of a failure, in one line", () => {
  it("takes the first line of a message", () => {
    expect(reasonOf(new Error("initdb failed\nmore\nand more"))).toBe("initdb failed");
  });

  it("takes the first of several errors, which themselves say nothing", () => {
    const tried = [new Error("connect ECONNREFUSED ::1:5432"), new Error("connect ECONNREFUSED 127.0.0.1:5432")];
    expect(reasonOf(new AggregateError(tried, ""))).toBe("connect ECONNREFUSED ::1:5432");
  });

  it("has something to say of anything", () => {
    expect(reasonOf(new TypeError(""))).toBe("TypeError");
    expect(reasonOf("no")).toBe("no");
    expect(reasonOf(new AggregateError([], ""))).toBe("AggregateError");
  });
});
