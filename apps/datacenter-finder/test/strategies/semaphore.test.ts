import { describe, expect, it } from "vitest";
import { inFlight } from "../support/in-flight.ts";
import { simulate } from "../support/simulate.ts";

describe("semaphore", () => {
  it("asks all five, never more than two at once", async () => {
    const { events, report } = await simulate("semaphore");
    expect(events).toEqual([
      "0 SBG started",
      "0 GRA started",
      "100 SBG answered",
      "100 BHS started",
      "200 GRA answered",
      "200 RBX started",
      "300 RBX answered",
      "300 WAW started",
      "400 BHS answered",
      "400 WAW answered",
    ]);
    expect(Math.max(...inFlight(events, () => 1))).toBe(2);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG", elapsed: 400 });
  });

  it("starts none of those that still wait at the deadline", async () => {
    const { events, report } = await simulate("semaphore", { timeout: 250 });
    expect(events.slice(-2)).toEqual(["250 BHS cancelled", "250 RBX cancelled"]);
    expect(report.datacenters[4]).toEqual({ datacenter: "WAW", outcome: "not started" });
  });
});
