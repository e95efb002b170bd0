import { background } from "@conc/context";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { defaultClientLimits } from "../../src/service/client-limits.ts";
import { createApp } from "../../src/service/app.ts";
import { Finds } from "../../src/service/finds.ts";
import { defaultLimits } from "../../src/service/limits.ts";
import { Metrics } from "../../src/service/metrics.ts";
import { forever, spec, startFleet } from "../support/fleet.ts";
import { serve } from "../support/server.ts";
import { startService } from "../support/start-service.ts";

describe("the service's routes", () => {
  it("serve the page, with a policy that lets it do nothing but ask the service", async () => {
    const { url } = await startService([spec("SBG")]);
    const response = await fetch(url);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")?.split(";")).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    const [, script] = /<script [^>]*src="([^"]+)"/.exec(await response.text()) ?? [];
    const asset = await fetch(url + script);
    expect(asset.status).toBe(200);
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    await asset.body?.cancel();
  });

  it("list the datacenters, and which of them each strategy asks", async () => {
    const { get, fleet } = await startService([spec("SBG"), spec("GRA", { weight: 20 })]);
    const { status, body } = await get("/v1/datacenters");
    expect(status).toBe(200);
    expect(body.datacenters).toEqual([
      { name: "SBG", url: fleet.datacenters[0]?.url, weight: 10, timeout: forever },
      { name: "GRA", url: fleet.datacenters[1]?.url, weight: 20, timeout: forever },
    ]);
    expect(body.strategies).toContainEqual({
      name: "hedged",
      summary: "the next one only when an answer is late",
      datacenters: ["SBG", "GRA"],
    });
    expect(body.options).toEqual({ hedgeDelay: 75, limit: 2, capacity: 30 });
  });

  it("say that the process lives and is ready", async () => {
    const { get } = await startService([spec("SBG")]);
    expect(await get("/healthz")).toMatchObject({ status: 200, body: { status: "ok" } });
    expect(await get("/readyz")).toMatchObject({ status: 200, body: { status: "ready" } });
  });

  it("say that it lives but takes no more, while it drains", async () => {
    const { fleet } = await startFleet([spec("SBG")]);
    const finds = new Finds(fleet, { limits: defaultLimits });
    const metrics = new Metrics();
    const logger = pino({ level: "silent" });
    const clients = defaultClientLimits;
    const options = { fleet, finds, logger, metrics, clients, ctx: background(), isDraining: () => true };
    const { url } = await serve(createApp(options));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    for (const path of ["/readyz", "/v1/find/server-1"]) {
      const response = await fetch(url + path);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ detail: "the service is shutting down" });
    }
  });

  it.each([
    ["GET", "/v2/find/server-1"],
    ["POST", "/v1/find/server-1"],
    ["GET", "/v1/find/"],
    ["GET", "/v1/find/a/b"],
  ])("answer %s %s with 404", async (method, path) => {
    const { get } = await startService([spec("SBG")]);
    const { status, body } = await get(path, { method });
    expect([status, body.detail]).toEqual([404, `nothing is at ${method} ${path}; see /openapi.json`]);
  });

  it("answer 500 for a mistake of ours, tell nothing of it, and log it", async () => {
    const { get, fleet, log } = await startService([spec("SBG")]);
    Object.assign(fleet, {
      findersOf: () => {
        throw new TypeError("secret");
      },
    });
    const { status, body } = await get("/v1/find/server-1?strategy=wsemaphore");
    expect([status, body.detail]).toEqual([500, "a mistake of ours; the log has it"]);
    expect(log).toMatchObject([{ msg: "a mistake of ours", err: { type: "TypeError", message: "secret" } }]);
  });
});
