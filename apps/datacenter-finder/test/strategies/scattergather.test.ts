import { describe, expect, it } from "vitest";
import { simulate, workshop } from "../support/simulate.ts";

describe("scattergather", () => {
  it("asks all at once, and takes each answer as it arrives", async () => {
    const { events, report } = await simulate("scattergather");
    expect(events).toEqual([
      "0 SBG started",
      "0 GRA started",
      "0 BHS started",
      "100 SBG answered",
      "200 GRA answered",
      "300 BHS answered",
    ]);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG", elapsed: 300 });
  });

  it("takes the first that has it, by arrival and not by place", async () => {
    const { report } = await simulate("scattergather", { among: workshop("scattergather").toReversed() });
    expect(report.datacenter).toBe("SBG");
  });

  it("hears the others out when one fails", async () => {
    const { report } = await simulate("scattergather", { among: workshop("errgroup"), livesIn: ["GRA"] });
    expect(report).toMatchObject({ result: "found", datacenter: "GRA", elapsed: 300 });
  });
});
