import { describe, expect, it } from "vitest";
import { simulate } from "../support/simulate.ts";

describe("sequential", () => {
  it("asks one after the other, and takes the sum of their times", async () => {
    const { events, report } = await simulate("sequential");
    expect(events).toEqual([
      "0 SBG started",
      "100 SBG answered",
      "100 GRA started",
      "300 GRA answered",
      "300 BHS started",
      "600 BHS answered",
    ]);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG", elapsed: 600 });
  });

  it("goes on after a failure", async () => {
    const among = [
      { name: "DCError", delay: 100, weight: 10, failure: "something went wrong" },
      { name: "SBG", delay: 100, weight: 10 },
    ];
    const { events, report } = await simulate("sequential", { among });
    expect(events).toEqual(["0 DCError started", "100 DCError failed", "100 SBG started", "200 SBG answered"]);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG" });
  });

  it("asks nobody any more after the deadline", async () => {
    const { events, report } = await simulate("sequential", { timeout: 150 });
    expect(events).toEqual(["0 SBG started", "100 SBG answered", "100 GRA started", "150 GRA cancelled"]);
    expect(report.datacenters[2]).toEqual({ datacenter: "BHS", outcome: "not started" });
  });
});
