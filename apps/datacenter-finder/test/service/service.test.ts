import { Agent, get } from "node:http";
import { Chan } from "@conc/chan";
import { background, withCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import { Service } from "../../src/service/service.ts";
import { strategyNames } from "../../src/strategies.ts";
import { forever, spec } from "../support/fleet.ts";
import { readFleet } from "../../src/fleet/fleet-file.ts";
import { refused } from "../support/refused.ts";
import { serve } from "../support/server.ts";
import { fleetFile } from "../support/start-child.ts";
import { serviceOf, startService } from "../support/start-service.ts";
import pino from "pino";

/** Asks over a connection of the agent's. */
function ask(agent: Agent, url: string): Promise<{ status: number | undefined; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      const { statusCode: status, headers } = response;
      response.resume().once("end", () => resolve({ status, connection: headers.connection }));
    });
    request.once("error", reject);
  });
}

describe("Service", () => {
  it("lets a find end that runs when it is closed, and takes no new one", async () => {
    const answer = new Chan<() => void>(1);
    const { url: datacenter } = await serve((_, response) => void answer.trySend(() => response.end()));
    const { service, get, url } = await serviceOf(await readFleet(await fleetFile(datacenter)));
    const running = get("/v1/find/server-1?timeout=60s");
    const { value: end } = await answer.recv();
    const closing = service.close(forever);
    await refused(url);
    end?.();
    expect(await running).toMatchObject({ status: 200, body: { found: true } });
    await closing;
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

  it("answers who uses an open connection while it is closed, as the last time, and what was under way too", async () => {
    const answer = new Chan<() => void>(1);
    const { url: datacenter } = await serve((_, response) => void answer.trySend(() => response.end()));
    const { service, url } = await serviceOf(await readFleet(await fleetFile(datacenter)));
    const running = ask(new Agent({ keepAlive: true }), `${url}/v1/find/server-1?timeout=60s`);
    const idle = new Agent({ keepAlive: true });
    await ask(idle, `${url}/healthz`);
    const { value: end } = await answer.recv();
    const closing = service.close(forever);
    await refused(url);
    expect(await ask(idle, `${url}/v1/find/server-2`)).toEqual({ status: 503, connection: "close" });
    end?.();
    expect(await running).toEqual({ status: 200, connection: "close" });
    await closing;
  });

  it("rejects when its port is taken", async () => {
    const { service, fleet } = await startService([spec("SBG")]);
    const second = Service.start({ fleet, logger: pino({ level: "silent" }), host: "127.0.0.1", port: service.port });
    await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
