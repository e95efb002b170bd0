import { sleep } from "@conc/chan";
import { background, withCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import { find } from "../src/find.ts";
import { strategyNames } from "../src/strategies.ts";
import { simulate, workshop } from "./support/simulate.ts";

const nothing = { timers: 0, waiting: 0 };
const failing = (name: string) => ({ name, delay: 100, weight: 10, failure: `${name} is down` });

describe.each(strategyNames)("find by %s", (strategy) => {
  it("finds only what is there", async () => {
    const among = workshop("semaphore");
    const { report, left } = await simulate(strategy, { among, livesIn: [] });
    expect(report).toMatchObject({
      strategy,
      resource: "server-1",
      result: "not found",
      found: false,
      datacenter: null,
    });
    expect(report.datacenters.every(({ outcome, found }) => outcome === "answered" && found === false)).toBe(true);
    expect(left).toEqual(nothing);
  });

  it("finds what is in one place only", async () => {
    const { report } = await simulate(strategy, { among: workshop("semaphore"), livesIn: ["WAW"] });
    expect(report).toMatchObject({ result: "found", found: true, datacenter: "WAW" });
  });

  it("has failed when every datacenter has", async () => {
    const { report, left } = await simulate(strategy, { among: [failing("A"), failing("B")] });
    expect(report).toMatchObject({ result: "failed", found: false, datacenter: null });
    expect(report.error).toBe(strategy === "errgroup" ? "A is down" : "A is down; B is down");
    expect(left).toEqual(nothing);
  });

  it("ends at the deadline, with everything that ran, and nothing is left", async () => {
    const { events, report, left } = await simulate(strategy, { timeout: 90 });
    expect(report).toMatchObject({ result: "deadline exceeded", error: "context deadline exceeded", elapsed: 90 });
    const outcomes = new Set(report.datacenters.map(({ outcome }) => outcome));
    expect(outcomes.has("cancelled")).toBe(true);
    expect(outcomes.has("answered")).toBe(false);
    expect(events.filter((event) => event.endsWith("started"))).toHaveLength(
      events.filter((event) => event.endsWith("cancelled")).length,
    );
    expect(left).toEqual(nothing);
  });

  it("gets no answer when it is cancelled before it begins", async () => {
    const parent = withCancel(background());
    parent.cancel(new Error("never mind"));
    const { report, left } = await simulate(strategy, { parent });
    expect(report).toMatchObject({ result: "cancelled", error: "never mind" });
    expect(report.datacenters.some(({ outcome }) => outcome === "answered")).toBe(false);
    expect(left).toEqual(nothing);
  });
});

describe("find", () => {
  it("does not wait for a loser that takes no notice of its cancel", async () => {
    const deaf = { name: "deaf", weight: 1, find: () => new Promise<boolean>(() => {}) };
    const quick = { name: "quick", weight: 1, find: () => Promise.resolve(true) };
    const report = await find(background(), "x", { strategy: "redundant", finders: [deaf, quick], timeout: 5000 });
    expect(report.datacenter).toBe("quick");
    expect(report.datacenters[0]).toMatchObject({ outcome: "cancelled", reason: "another attempt has won" });
  });

  it("calls a cancel a cancel, and tells its cause", async () => {
    const parent = withCancel(background());
    const slow = {
      name: "slow",
      weight: 1,
      find: (ctx: { signal: AbortSignal }) => sleep(60_000, ctx).then(() => true),
    };
    const finding = find(parent, "x", { strategy: "waitgroup", finders: [slow], timeout: 60_000 });
    parent.cancel(new Error("the client has gone"));
    expect(await finding).toMatchObject({ result: "cancelled", error: "the client has gone" });
  });

  it("does not hide a mistake of the program's own behind a report", async () => {
    const heavy = { name: "heavy", weight: 31, find: () => Promise.resolve(true) };
    const finding = find(background(), "x", { strategy: "wsemaphore", finders: [heavy], timeout: 1000 });
    await expect(finding).rejects.toThrow("every datacenter failed");
  });
});
