import { describe, expect, it } from "vitest";
import { simulate, workshop } from "../support/simulate.ts";

describe("errgroup", () => {
  it("cancels the three others at the failure, which is the error it reports", async () => {
    const { events, report } = await simulate("errgroup");
    expect(events).toEqual([
      "0 DCError started",
      "0 SBG started",
      "0 GRA started",
      "0 BHS started",
      "100 DCError failed",
      "100 SBG cancelled",
      "100 GRA cancelled",
      "100 BHS cancelled",
    ]);
    expect(report).toMatchObject({ result: "failed", error: "something went wrong", elapsed: 100 });
    expect(report.datacenters[3]).toMatchObject({ outcome: "cancelled", reason: "something went wrong" });
  });

  it("gives every answer when nobody fails", async () => {
    const { events, report } = await simulate("errgroup", { among: workshop("waitgroup"), livesIn: ["BHS"] });
    expect(events.slice(3)).toEqual(["100 SBG answered not found", "200 GRA answered not found", "300 BHS answered"]);
    expect(report).toMatchObject({ result: "found", datacenter: "BHS", elapsed: 300 });
  });
});
