import { describe, expect, it } from "vitest";
import { simulate, workshop } from "../support/simulate.ts";

describe("hedged", () => {
  it("launches SBG, GRA 75 ms later, ends with SBG's answer at 100 ms, and never launches BHS", async () => {
    const { events, report } = await simulate("hedged");
    expect(events).toEqual(["0 SBG started", "75 GRA started", "100 SBG answered", "100 GRA cancelled"]);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG", elapsed: 100 });
    expect(report.datacenters).toEqual([
      { datacenter: "SBG", outcome: "answered", found: true, startedAt: 0, endedAt: 100 },
      { datacenter: "GRA", outcome: "cancelled", reason: "another attempt has won", startedAt: 75, endedAt: 100 },
      { datacenter: "BHS", outcome: "not started" },
    ]);
  });

  it("asks the next one at once when one does not have it", async () => {
    const { events } = await simulate("hedged", { livesIn: ["GRA"] });
    expect(events).toEqual([
      "0 SBG started",
      "75 GRA started",
      "100 SBG answered not found",
      "100 BHS started",
      "275 GRA answered",
      "275 BHS cancelled",
    ]);
  });

  it("asks the next one at once when one fails", async () => {
    const { events, report } = await simulate("hedged", {
      among: workshop("errgroup"),
      options: { hedgeDelay: 150, limit: 1, capacity: 1 },
    });
    expect(events).toEqual(["0 DCError started", "100 DCError failed", "100 SBG started", "200 SBG answered"]);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG", elapsed: 200 });
  });
});
