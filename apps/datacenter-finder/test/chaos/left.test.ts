import { describe, expect, it } from "vitest";
import { beyond } from "../../chaos/child/left.ts";

describe("what a process holds beyond what it held before", () => {
  const before = { waiting: 1, timers: 0, resources: { TCPServerWrap: 1, PipeWrap: 2 } };

  it("is told by name, also what there was nothing of before", () => {
    const now = { waiting: 2, timers: 3, resources: { TCPServerWrap: 1, PipeWrap: 2, TCPSocketWrap: 4 } };
    expect(beyond(now, before)).toEqual({ "waiting calls": 1, timers: 3, TCPSocketWrap: 4 });
  });

  it("is nothing when it holds as much, or less", () => {
    expect(beyond(before, before)).toEqual({});
    expect(beyond({ waiting: 0, timers: 0, resources: { TCPServerWrap: 1 } }, before)).toEqual({});
  });
});
