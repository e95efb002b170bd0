import { describe, expect, it } from "vitest";
import { simulate, workshop } from "../support/simulate.ts";

describe("redundant", () => {
  it("asks all at once: SBG wins, GRA and BHS are cancelled", async () => {
    const { events, report } = await simulate("redundant");
    expect(events).toEqual([
      "0 SBG started",
      "0 GRA started",
      "0 BHS started",
      "100 SBG answered",
      "100 GRA cancelled",
      "100 BHS cancelled",
    ]);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG", elapsed: 100 });
    expect(report.datacenters[1]).toEqual({
      datacenter: "GRA",
      outcome: "cancelled",
      reason: "another attempt has won",
      startedAt: 0,
      endedAt: 100,
    });
  });

  it("lets nobody win who does not have it", async () => {
    const { events, report } = await simulate("redundant", { livesIn: ["GRA"] });
    expect(events.slice(3)).toEqual(["100 SBG answered not found", "200 GRA answered", "200 BHS cancelled"]);
    expect(report).toMatchObject({ result: "found", datacenter: "GRA", elapsed: 200 });
  });

  it("has not found it when some say no and the others fail", async () => {
    const { report } = await simulate("redundant", { among: workshop("errgroup"), livesIn: [] });
    expect(report).toMatchObject({ result: "not found", datacenter: null, elapsed: 300 });
  });
});
