import { describe, expect, it } from "vitest";
import { simulate, workshop } from "../support/simulate.ts";

describe("waitgroup", () => {
  it("asks all at once, and waits for the slowest", async () => {
    const { events, report } = await simulate("waitgroup");
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

  it("hears the others out when one fails", async () => {
    const { events, report } = await simulate("waitgroup", { among: workshop("errgroup"), livesIn: ["BHS"] });
    expect(events.slice(4)).toEqual([
      "100 DCError failed",
      "100 SBG answered not found",
      "200 GRA answered not found",
      "300 BHS answered",
    ]);
    expect(report).toMatchObject({ result: "found", datacenter: "BHS" });
  });
});
