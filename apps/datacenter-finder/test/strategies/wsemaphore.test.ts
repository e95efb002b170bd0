import { describe, expect, it } from "vitest";
import { datacenters } from "../../src/fleet/workshop.ts";
import { inFlight } from "../support/in-flight.ts";
import { simulate } from "../support/simulate.ts";

const weightOf = (name: string) => datacenters.find((one) => one.name === name)?.weight ?? 0;

describe("wsemaphore", () => {
  it("asks all five, never more than a weight of 30 in flight, and lets none overtake the heavy one", async () => {
    const { events, report } = await simulate("wsemaphore");
    expect(events).toEqual([
      "0 SBG started",
      "0 GRA started",
      "100 SBG answered",
      "200 GRA answered",
      "200 BHS started",
      "500 BHS answered",
      "500 RBX started",
      "500 WAW started",
      "600 RBX answered",
      "600 WAW answered",
    ]);
    expect(Math.max(...inFlight(events, weightOf))).toBe(30);
    expect(report).toMatchObject({ result: "found", datacenter: "SBG", elapsed: 600 });
  });
});
