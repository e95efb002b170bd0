import { background } from "@conc/context";
import { describe, expect, it } from "vitest";
import { find } from "../../src/find.ts";
import { strategyNames } from "../../src/strategies.ts";
import { startLocalFleet } from "../../src/fleet/local-fleet.ts";
import { spec, startFleet } from "../support/fleet.ts";

describe("the local fleet", () => {
  it("is the workshop's, with those that it has each strategy ask", async () => {
    const fleet = await startLocalFleet();
    try {
      expect(fleet.datacenters.map(({ name, weight }) => [name, weight])).toEqual([
        ["SBG", 10],
        ["GRA", 20],
        ["BHS", 30],
        ["RBX", 10],
        ["WAW", 10],
        ["DCError", 10],
      ]);
      expect(fleet.options).toEqual({ hedgeDelay: 75, limit: 2, capacity: 30 });
      const asked = strategyNames.map((name) => [
        name,
        fleet
          .findersOf(name)
          .map((finder) => finder.name)
          .join(" "),
      ]);
      expect(Object.fromEntries(asked)).toEqual({
        sequential: "SBG GRA BHS",
        waitgroup: "SBG GRA BHS",
        scattergather: "SBG GRA BHS",
        redundant: "SBG GRA BHS",
        errgroup: "DCError SBG GRA BHS",
        hedged: "SBG GRA BHS",
        semaphore: "SBG GRA BHS RBX WAW",
        wsemaphore: "SBG GRA BHS RBX WAW",
      });
    } finally {
      await fleet.close();
    }
  });

  it.each([
    ["server-1", "SBG"],
    ["server-2", "BHS"],
    ["server-7", null],
  ])("answers over HTTP where %s is, and the datacenters confirm it", async (resource, datacenter) => {
    const { fleet, noted } = await startFleet([spec("SBG"), spec("GRA"), spec("BHS")]);
    const finders = fleet.findersOf("sequential");
    const report = await find(background(), resource, { strategy: "sequential", finders, timeout: 10_000 });
    expect(report.datacenter).toBe(datacenter);
    if (datacenter !== null) await noted("found", datacenter);
  });
});
