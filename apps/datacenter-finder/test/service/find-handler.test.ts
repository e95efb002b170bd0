import { describe, expect, it } from "vitest";
import { strategyNames } from "../../src/strategies.ts";
import { forever, spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";

const slow = { delay: forever };
const all = ["SBG", "GRA", "BHS"] as const;
const outcomesOf = (body: { datacenters: { datacenter: string; outcome: string }[] }) =>
  Object.fromEntries(body.datacenters.map(({ datacenter, outcome }) => [datacenter, outcome]));

describe("GET /v1/find/:resource", () => {
  it("answers what was found where, and what became of each datacenter", async () => {
    const { get } = await startService([spec("SBG"), spec("GRA"), spec("BHS")], { hedgeDelay: forever });
    const { status, type, body } = await get("/v1/find/server-1?strategy=hedged&timeout=10s");
    expect([status, type]).toEqual([200, "application/json; charset=utf-8"]);
    expect(body).toEqual({
      resource: "server-1",
      strategy: "hedged",
      result: "found",
      found: true,
      datacenter: "SBG",
      elapsed: expect.any(Number),
      datacenters: [
        {
          datacenter: "SBG",
          outcome: "answered",
          found: true,
          startedAt: expect.any(Number),
          endedAt: expect.any(Number),
        },
        { datacenter: "GRA", outcome: "not started" },
        { datacenter: "BHS", outcome: "not started" },
      ],
    });
    const [{ startedAt, endedAt }] = body.datacenters;
    expect(startedAt).toBeGreaterThanOrEqual(0);
    expect(endedAt).toBeGreaterThan(startedAt);
    expect(body.elapsed).toBeGreaterThanOrEqual(endedAt);
  });

  it.each(strategyNames)("finds by %s", async (strategy) => {
    const { get } = await startService([spec("SBG"), spec("GRA"), spec("BHS")]);
    const { status, body } = await get(`/v1/find/server-6?strategy=${strategy}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ strategy, found: true, datacenter: "GRA" });
  });

  it("hedges and gives each datacenter five seconds when nothing is said", async () => {
    const { get } = await startService([spec("SBG")]);
    expect((await get("/v1/find/server-1")).body).toMatchObject({ strategy: "hedged", found: true });
  });

  it("answers 200 and found: false where it is not", async () => {
    const { get } = await startService([spec("SBG"), spec("GRA"), spec("BHS")]);
    const { status, body } = await get("/v1/find/no-such-server?strategy=scattergather");
    expect(status).toBe(200);
    expect(body).toMatchObject({ result: "not found", found: false, datacenter: null });
  });

  it.each([
    ["/v1/find/server-1?strategy=magic", /^strategy: expected one of sequential, .*, wsemaphore, got "magic"$/],
    [
      "/v1/find/server-1?strategy=hedged&strategy=redundant",
      /^strategy: expected one of .*, got \[ 'hedged', 'redundant' \]$/,
    ],
    ["/v1/find/server-1?timeout=soon", /^timeout: expected a duration such as 500ms, .*, from 1ms to 60s, got "soon"$/],
    ["/v1/find/server-1?timeout=61s", /^timeout: expected a duration .*, got "61s"$/],
    ["/v1/find/server-1?timeout=0s", /^timeout: expected a duration .*, got "0s"$/],
    ["/v1/find/server-1?timout=1s", /^expected only strategy and timeout in the query, got timout$/],
    ["/v1/find/..%2Fhealthz", /^resource: expected 1 to 128 letters, .*, got "..\/healthz"$/],
    ["/v1/find/a%20b", /^resource: expected .*, got "a b"$/],
    [`/v1/find/${"x".repeat(129)}`, /^resource: expected 1 to 128 letters/],
    ["/v1/find/%ZZ", /^path: expected a URL-encoded path, got \/v1\/find\/%ZZ$/],
    ["/v1/find/server-1?resource=other", /^expected only strategy and timeout in the query, got resource$/],
  ])("refuses %s with 400, and asks nobody", async (path, detail) => {
    const { get, journal } = await startService([spec("SBG")]);
    const { status, type, body } = await get(path);
    expect([status, type]).toEqual([400, "application/problem+json; charset=utf-8"]);
    expect(body).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: expect.stringMatching(detail) as string,
    });
    expect(journal.length).toBe(0);
  });

  it.each(strategyNames)(
    "answers 504 at the deadline by %s, and the datacenters confirm that they were told",
    async (strategy) => {
      const { get, noted } = await startService([spec("SBG", slow), spec("GRA", slow), spec("BHS", slow)], {
        hedgeDelay: 0,
        limit: 3,
      });
      const { status, type, body } = await get(`/v1/find/server-1?strategy=${strategy}&timeout=300ms`);
      expect([status, type]).toEqual([504, "application/problem+json; charset=utf-8"]);
      expect(body).toMatchObject({
        title: "Gateway Timeout",
        status: 504,
        detail: "no answer within 300ms",
        found: false,
      });
      const cancelled = Object.entries(outcomesOf(body)).flatMap(([name, what]) =>
        what === "cancelled" ? [name] : [],
      );
      expect(cancelled).toEqual(strategy === "sequential" ? ["SBG"] : all);
      await noted("aborted", ...cancelled);
    },
  );

  it.each(strategyNames)("answers 502 when every datacenter failed by %s", async (strategy) => {
    const { get } = await startService([
      spec("SBG", { failure: "SBG is down" }),
      spec("GRA", { failure: "GRA is down", delay: 50 }),
    ]);
    const { status, body } = await get(`/v1/find/server-1?strategy=${strategy}`);
    expect(status).toBe(502);
    expect(body).toMatchObject({ title: "Bad Gateway", status: 502, result: "failed", found: false });
    expect(body.detail).toBe(
      `${strategy} failed: ${strategy === "errgroup" ? "SBG is down" : "SBG is down; GRA is down"}`,
    );
    expect(outcomesOf(body)).toEqual({ SBG: "failed", GRA: strategy === "errgroup" ? "cancelled" : "failed" });
  });

  it("cancels the others at the first failure by errgroup, and they confirm it", async () => {
    const { get, noted } = await startService([
      spec("SBG", slow),
      spec("GRA", slow),
      spec("BHS", slow),
      spec("DCError", { failure: "something went wrong", delay: 50 }),
    ]);
    const { status, body } = await get("/v1/find/server-1?strategy=errgroup");
    expect(status).toBe(502);
    expect(body.detail).toBe("errgroup failed: something went wrong");
    await noted("aborted", ...all);
  });

  it("cancels the losers by redundant, and they confirm it", async () => {
    const { get, noted } = await startService([spec("SBG", { delay: 50 }), spec("GRA", slow), spec("BHS", slow)]);
    const { body } = await get("/v1/find/server-1?strategy=redundant");
    expect(outcomesOf(body)).toEqual({ SBG: "answered", GRA: "cancelled", BHS: "cancelled" });
    await noted("aborted", "GRA", "BHS");
  });

  it("cancels the late one by hedged, and it confirms it", async () => {
    const { get, noted } = await startService([spec("SBG", slow), spec("GRA"), spec("BHS")], { hedgeDelay: 20 });
    const { body } = await get("/v1/find/server-1?strategy=hedged");
    expect(body.datacenter).toBe("GRA");
    await noted("aborted", "SBG");
  });

  it.each([
    ["60s", "50ms"],
    ["50ms", "60s"],
  ])("keeps to the shorter of timeout=%s and X-Request-Timeout: %s", async (timeout, header) => {
    const { get, noted } = await startService([spec("SBG", slow)]);
    const headers = { "x-request-timeout": header };
    const { status, body } = await get(`/v1/find/server-1?timeout=${timeout}`, { headers });
    expect([status, body.detail]).toEqual([504, "no answer within 50ms"]);
    await noted("aborted", "SBG");
  });

  it("refuses an X-Request-Timeout that it cannot read", async () => {
    const { get } = await startService([spec("SBG")]);
    const { status, body } = await get("/v1/find/server-1", { headers: { "x-request-timeout": "soon" } });
    expect(status).toBe(400);
    expect(body.detail).toMatch(/^x-request-timeout: expected a duration such as 500ms, .*, got "soon"$/);
  });

  it.each(strategyNames)(
    "cancels every request by %s when the client goes away, and the datacenters confirm it",
    async (strategy) => {
      const datacenters = [spec("SBG", slow), spec("GRA", slow), spec("BHS", slow)];
      const { get, noted, log, service } = await startService(datacenters, { hedgeDelay: 0, limit: 3 });
      const client = new AbortController();
      const asking = get(`/v1/find/server-1?strategy=${strategy}&timeout=60s`, { signal: client.signal });
      const asked = strategy === "sequential" ? ["SBG"] : all;
      await noted("received", ...asked);
      client.abort();
      await expect(asking).rejects.toThrow("aborted");
      await noted("aborted", ...asked);
      expect(log).toMatchObject([{ msg: "find", result: "cancelled", error: "the client has gone" }]);
      expect(service.running).toBe(0);
    },
  );

  it("logs each find in one line, by what it found and what became of each datacenter", async () => {
    const { get, log } = await startService([spec("SBG"), spec("GRA")]);
    await get("/v1/find/server-6?strategy=waitgroup");
    expect(log).toMatchObject([
      {
        msg: "find",
        request: expect.any(String) as string,
        resource: "server-6",
        strategy: "waitgroup",
        result: "found",
        datacenter: "GRA",
        outcomes: { SBG: "answered", GRA: "answered" },
      },
    ]);
  });
});
