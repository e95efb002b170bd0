import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { openApi } from "../../src/service/openapi.ts";
import { strategyNames } from "../../src/strategies.ts";
import { spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";

describe("GET /v1/tail/events", () => {
  it("measures every strategy in turn, as it is described, for one reader at a time", async () => {
    const { url, get } = await startService([spec("SBG")]);
    const response = await fetch(`${url}/v1/tail/events?finds=10`);
    expect((await get("/v1/tail/events")).status).toBe(503);
    const events = (await response.text())
      .trimEnd()
      .split("\n\n")
      .map((text) => text.split("\n"));
    expect(events[0]).toEqual(["event: begin", `data: ${JSON.stringify({ finds: 10, strategies: strategyNames })}`]);
    expect(events.at(-1)).toEqual(["event: end", "data: {}"]);
    const tails = events.slice(1, -1).map(([, data]) => JSON.parse((data as string).slice("data: ".length)) as any);
    expect(tails.map(({ strategy }) => strategy)).toEqual(strategyNames);
    const check = new Ajv2020({ strict: false })
      .addSchema(openApi(), "service")
      .compile({ $ref: "service#/components/schemas/Tail" });
    for (const tail of tails) expect([check(tail), tail.times.length, check.errors]).toEqual([true, 10, null]);
  });

  it("stops when its reader goes away, and has room for the next", async () => {
    const { url, service } = await startService([spec("SBG")]);
    const reader = new AbortController();
    await fetch(`${url}/v1/tail/events?finds=1000`, { signal: reader.signal });
    reader.abort();
    await expect.poll(() => service.running).toBe(0);
    const next = await fetch(`${url}/v1/tail/events?finds=1000`);
    expect(next.status).toBe(200);
    await service.close(0);
    await expect(next.text()).rejects.toThrow("terminated");
  });

  it.each(["9", "1001", "ten", "1e2"])("refuses finds=%s", async (finds) => {
    const { get } = await startService([spec("SBG")]);
    const { status, body } = await get(`/v1/tail/events?finds=${finds}`);
    expect([status, body.detail]).toEqual([400, `finds: expected a whole number from 10 to 1000, got "${finds}"`]);
  });
});
