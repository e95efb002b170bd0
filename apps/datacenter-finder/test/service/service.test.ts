import { background, withCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import { Service } from "../../src/service/service.ts";
import { strategyNames } from "../../src/strategies.ts";
import { forever, spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";
import pino from "pino";

describe("Service", () => {
  it("lets a find end that runs when it is closed, and takes no new one", async () => {
    const { service, get, noted } = await startService([spec("SBG", { delay: 300 })]);
    const running = get("/v1/find/server-1");
    await noted("received", "SBG");
    const closing = service.close(forever);
    await expect(get("/healthz")).rejects.toThrow("fetch failed");
    expect(await running).toMatchObject({ status: 200, body: { found: true } });
    await closing;
    await noted("found", "SBG");
  });

  it("cancels what has not ended within the limit: 503, and the datacenter confirms it", async () => {
    const { service, get, noted } = await startService([spec("SBG", { delay: forever })]);
    const running = get("/v1/find/server-1?timeout=60s");
    await noted("received", "SBG");
    const closing = service.close(10);
    expect(await running).toMatchObject({ status: 503, body: { detail: "the service is shutting down" } });
    await noted("aborted", "SBG");
    await closing;
    expect(service.running).toBe(0);
  });

  it.each(strategyNames)(
    "cancels every request to a datacenter by %s when it ends, and they confirm it",
    async (strategy) => {
      const slow = { delay: forever };
      const { service, get, noted } = await startService([spec("SBG", slow), spec("GRA", slow), spec("BHS", slow)], {
        hedgeDelay: 0,
        limit: 3,
      });
      const asked = strategy === "sequential" ? ["SBG"] : ["SBG", "GRA", "BHS"];
      const running = get(`/v1/find/server-1?strategy=${strategy}&timeout=60s`);
      await noted("received", ...asked);
      await service.close(0);
      expect((await running).status).toBe(503);
      await noted("aborted", ...asked);
    },
  );

  it("waits no longer when it is told to hurry", async () => {
    const { service, get, noted } = await startService([spec("SBG", { delay: forever })]);
    const hurry = withCancel(background());
    const running = get("/v1/find/server-1?timeout=60s");
    await noted("received", "SBG");
    const closing = service.close(forever, hurry);
    hurry.cancel();
    expect((await running).status).toBe(503);
    await closing;
  });

  it("closes at once when nothing runs, idle connections included", async () => {
    const { service, get } = await startService([spec("SBG")]);
    await get("/healthz");
    await service.close(forever);
    await expect(get("/healthz")).rejects.toThrow("fetch failed");
  });

  it("rejects when its port is taken", async () => {
    const { service, fleet } = await startService([spec("SBG")]);
    const second = Service.start({ fleet, logger: pino({ level: "silent" }), host: "127.0.0.1", port: service.port });
    await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
