import { describe, expect, it } from "vitest";
import type { Report } from "../../src/report.ts";
import { ServedCache } from "../../src/service/served-cache.ts";
import { spec, startFleet } from "../support/fleet.ts";
import { samplesOf } from "../support/samples.ts";
import { serviceOf, startService } from "../support/start-service.ts";

function servedAs(result: Report["result"]) {
  const report: Report = {
    resource: "server-1",
    strategy: "hedged",
    result,
    found: result === "found",
    datacenter: null,
    elapsed: 1,
    datacenters: [],
  };
  return { report, shared: true, leader: undefined };
}

describe("ServedCache", () => {
  it("has an answer for as long as it is told, and says how old it is", () => {
    let now = 1000;
    const cache = new ServedCache(500, () => now);
    const served = servedAs("found");
    cache.put("a", served);
    expect(cache.get("b")).toBeUndefined();
    expect(cache.get("a")).toEqual({ ...served, shared: false, age: 0 });
    now += 499;
    expect(cache.get("a")).toMatchObject({ age: 499 });
    now += 2;
    expect(cache.get("a")).toBeUndefined();
  });

  it.each(["found", "not found"] as const)("keeps %s", (result) => {
    const cache = new ServedCache(500);
    cache.put("a", servedAs(result));
    expect(cache.get("a")?.report.result).toBe(result);
  });

  it.each(["failed", "deadline exceeded", "cancelled"] as const)("does not keep %s", (result) => {
    const cache = new ServedCache(500);
    cache.put("a", servedAs(result));
    expect(cache.get("a")).toBeUndefined();
  });

  it("has at most 1000, and gives up those that nobody has asked for", () => {
    const cache = new ServedCache(60_000, () => 0);
    for (let i = 0; i < 1000; i++) cache.put(`${i}`, servedAs("found"));
    cache.get("0");
    for (let i = 1000; i < 1500; i++) cache.put(`${i}`, servedAs("found"));
    expect(cache.size).toBe(1000);
    expect([cache.get("0"), cache.get("1"), cache.get("1499")].map((kept) => kept !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("the service with a cache", () => {
  it("asks nobody for what it has just answered, by the same strategy, and says how old the answer is", async () => {
    const fleet = await startFleet([spec("SBG")]);
    const { url, log } = await serviceOf(fleet.fleet, { cache: 60_000 });
    const ask = async (path: string, id: string) => {
      const response = await fetch(`${url}/v1/find/${path}`, { headers: { "x-request-id": id } });
      const { headers } = response;
      return {
        control: headers.get("cache-control"),
        age: headers.get("age"),
        body: (await response.json()) as Report,
      };
    };
    const first = await ask("server-1", "r-1");
    expect(first).toMatchObject({ control: "max-age=60", age: null, body: { found: true } });
    await fleet.noted("found", "SBG");
    const second = await ask("server-1", "r-2");
    expect(second).toEqual({ control: "max-age=60", age: "1", body: first.body });
    expect(fleet.journal.length).toBe(0);
    expect(log[1]).toMatchObject({ request: "r-2", askedAs: "r-1", shared: false, age: expect.any(Number) as number });
    expect(await ask("server-1?strategy=redundant", "r-3")).toMatchObject({ age: null });
    expect(await ask("nowhere", "r-4")).toMatchObject({ age: null, body: { found: false } });
    expect(await ask("nowhere", "r-5")).toMatchObject({ age: "1", body: { found: false } });
    expect(await samplesOf(url)).toMatchObject({
      finder_cached_requests_total: 2,
      'finder_requests_total{strategy="hedged",outcome="found"}': 2,
    });
  });

  it("keeps no failure, and tells a find live that was made for it", async () => {
    const fleet = await startFleet([spec("SBG", { failure: "down" })]);
    const { url } = await serviceOf(fleet.fleet, { cache: 60_000 });
    for (const path of ["/v1/find/server-1", "/v1/find/server-1", "/v1/find/server-1/events"]) {
      const response = await fetch(url + path);
      await response.text();
      expect(response.headers.get("cache-control")).toBe("no-store");
      await fleet.noted("failed", "SBG");
    }
  });
});

describe("the service without a cache", () => {
  it("lets nobody keep an answer", async () => {
    const { url, noted } = await startService([spec("SBG")]);
    for (let i = 0; i < 2; i++) {
      const response = await fetch(`${url}/v1/find/server-1`);
      await response.json();
      expect([response.headers.get("cache-control"), response.headers.get("age")]).toEqual(["no-store", null]);
      await noted("found", "SBG");
    }
  });
});
