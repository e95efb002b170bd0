import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { Finds } from "../../src/service/finds.ts";
import { defaultLimits } from "../../src/service/limits.ts";
import { Metrics } from "../../src/service/metrics.ts";
import { strategyNames } from "../../src/strategies.ts";
import { forever, spec, startFleet } from "../support/fleet.ts";
import { inFlightOf, samplesOf } from "../support/samples.ts";
import { startService } from "../support/start-service.ts";

const slow = { delay: forever };
const idle = {
  finder_finds_in_flight: 0,
  finder_requests_in_flight: 0,
  'finder_upstream_requests_in_flight{datacenter="SBG"}': 0,
  'finder_upstream_requests_in_flight{datacenter="GRA"}': 0,
};

describe("/metrics", () => {
  it("is in Prometheus' own format, and names what the README names", async () => {
    const { url } = await startService([spec("SBG")]);
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const names = (await response.text()).match(/^# TYPE \S+/gm)?.map((line) => line.slice("# TYPE ".length));
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    expect(
      readme
        .match(/^\| `finder_\w+`/gm)
        ?.map((cell) => cell.slice(3, -1))
        .sort(),
    ).toEqual(names?.sort());
  });

  it.each(strategyNames)("counts and times finds by %s, and the requests they made", async (strategy) => {
    const { get, url } = await startService([spec("SBG"), spec("GRA")], { hedgeDelay: forever });
    await get(`/v1/find/server-6?strategy=${strategy}`);
    await get(`/v1/find/no-such-server?strategy=${strategy}`);
    const samples = await samplesOf(url);
    for (const outcome of ["found", "not_found"]) {
      const labels = `{strategy="${strategy}",outcome="${outcome}"}`;
      expect(samples[`finder_requests_total${labels}`]).toBe(1);
      expect(samples[`finder_request_duration_seconds_count${labels}`]).toBe(1);
      expect(samples[`finder_request_duration_seconds_sum${labels}`]).toBeGreaterThan(0);
    }
    expect(samples['finder_upstream_requests_total{datacenter="GRA",outcome="found"}']).toBe(1);
    expect(samples['finder_upstream_requests_total{datacenter="GRA",outcome="not_found"}']).toBe(1);
    expect(samples['finder_upstream_request_duration_seconds_count{datacenter="GRA",outcome="found"}']).toBe(1);
    expect(inFlightOf(samples)).toEqual(idle);
  });

  it("counts failures, deadlines, and what was cancelled, at the datacenters too", async () => {
    const { get, url, noted } = await startService([spec("SBG", { failure: "down", delay: 50 }), spec("GRA", slow)]);
    expect((await get("/v1/find/server-1?strategy=errgroup")).status).toBe(502);
    await noted("aborted", "GRA");
    expect((await get("/v1/find/server-1?strategy=waitgroup&timeout=300ms")).status).toBe(504);
    await noted("aborted", "GRA");
    const leaving = new AbortController();
    const left = get("/v1/find/server-2?strategy=sequential", { signal: leaving.signal });
    await noted("received", "GRA");
    leaving.abort();
    await expect(left).rejects.toThrow("aborted");
    await expect
      .poll(() => samplesOf(url))
      .toMatchObject({
        'finder_requests_total{strategy="errgroup",outcome="failed"}': 1,
        'finder_requests_total{strategy="waitgroup",outcome="deadline_exceeded"}': 1,
        'finder_requests_total{strategy="sequential",outcome="cancelled"}': 1,
        'finder_upstream_requests_total{datacenter="SBG",outcome="failed"}': 3,
        'finder_upstream_requests_total{datacenter="GRA",outcome="cancelled"}': 3,
        ...idle,
      });
  });

  it("counts every answer by its status, those to questions that make no sense too", async () => {
    const { get, url } = await startService([spec("SBG")]);
    for (const path of ["/v1/find/server-1", "/v1/find/server-1?strategy=magic", "/nowhere", "/nowhere"])
      await get(path);
    expect(await samplesOf(url)).toMatchObject({
      'finder_responses_total{status="200"}': 1,
      'finder_responses_total{status="400"}': 1,
      'finder_responses_total{status="404"}': 2,
    });
  });

  it("shows what is under way and what waits, and that nothing is left when the clients have gone", async () => {
    const { get, url, noted } = await startService(
      [spec("SBG", slow), spec("GRA", slow)],
      {},
      { capacity: 40, perDatacenter: 10, queue: 1 },
    );
    const leaving = new AbortController();
    const ask = (resource: string) =>
      get(`/v1/find/${resource}?strategy=waitgroup&timeout=60s`, { signal: leaving.signal }).catch(() => undefined);
    const asked = [ask("server-1"), ask("server-2"), ask("server-3")];
    await noted("received", "SBG", "GRA");
    await expect
      .poll(() => samplesOf(url))
      .toMatchObject({
        finder_finds_in_flight: 2,
        finder_queue_length: 1,
        'finder_upstream_requests_in_flight{datacenter="SBG"}': 1,
        'finder_upstream_queue_length{datacenter="SBG"}': 1,
        'finder_upstream_queue_length{datacenter="GRA"}': 1,
      });
    expect((await get("/v1/find/server-4?strategy=waitgroup")).status).toBe(503);
    leaving.abort();
    await Promise.all(asked);
    await expect
      .poll(() => samplesOf(url))
      .toMatchObject({
        ...idle,
        finder_queue_length: 0,
        'finder_upstream_queue_length{datacenter="SBG"}': 0,
        'finder_requests_total{strategy="waitgroup",outcome="refused"}': 1,
        'finder_responses_total{status="503"}': 1,
      });
  });

  it("counts hedges, and shows what is left to pay for them", async () => {
    const { get, url, noted } = await startService(
      [spec("SBG", slow), spec("GRA")],
      { hedgeDelay: 5 },
      { hedgeRatio: 0, hedgeBurst: 1 },
    );
    expect(await samplesOf(url)).toMatchObject({
      'finder_hedges_sent_total{after="delay"}': 0,
      'finder_hedges_suppressed_total{by="budget"}': 0,
      finder_hedge_budget: 1,
    });
    expect((await get("/v1/find/server-1?strategy=hedged")).body.datacenter).toBe("GRA");
    await noted("aborted", "SBG");
    expect((await get("/v1/find/server-1?strategy=hedged&timeout=100ms")).status).toBe(504);
    expect(await samplesOf(url)).toMatchObject({
      'finder_hedges_sent_total{after="delay"}': 1,
      finder_hedges_won_total: 1,
      'finder_hedges_suppressed_total{by="budget"}': 1,
      finder_hedge_budget: 0,
    });
  });

  it("counts who shares another caller's find", async () => {
    const { get, url, noted } = await startService([spec("SBG", slow), spec("GRA")]);
    const leaving = new AbortController();
    const path = "/v1/find/server-1?strategy=waitgroup";
    const first = get(`${path}&timeout=60s`, { signal: leaving.signal }).catch(() => undefined);
    await noted("received", "SBG");
    expect((await get(`${path}&timeout=20ms`)).status).toBe(504);
    expect(await samplesOf(url)).toMatchObject({ finder_shared_requests_total: 1 });
    leaving.abort();
    await first;
  });

  it("is each service's own", async () => {
    const { fleet } = await startFleet([spec("SBG")]);
    const [one, other] = [new Metrics(), new Metrics()];
    new Finds(fleet, { limits: defaultLimits, metrics: one });
    new Finds(fleet, { limits: defaultLimits, metrics: other });
    one.requestEnded("hedged", "found", 1);
    expect(await one.registry.metrics()).toContain('finder_requests_total{strategy="hedged",outcome="found"} 1');
    expect(await other.registry.metrics()).not.toContain('outcome="found"');
  });
});
