import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Metrics } from "../../src/service/metrics.ts";
import { TurnedAway } from "../../src/service/turned-away.ts";
import { serve } from "../support/server.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function turning() {
  const log: Record<string, unknown>[] = [];
  const metrics = new Metrics();
  const logger = pino(
    { base: null },
    { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const turnedAway = new TurnedAway(logger, metrics);
  const { url } = await serve((request, response) => turnedAway.answer(request, response, "hedged"));
  return { turnedAway, url, log, metrics };
}

describe("TurnedAway", () => {
  it("answers 503 with Retry-After, the problem, and the id of the request", async () => {
    const { url } = await turning();
    const response = await fetch(url, { headers: { "x-request-id": "r-1" } });
    const { status, headers } = response;
    expect([status, headers.get("retry-after"), headers.get("x-request-id")]).toEqual([503, "1", "r-1"]);
    expect(headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(await response.json()).toEqual({
      type: "about:blank",
      title: "Service Unavailable",
      status: 503,
      detail: "there is no room for more finds",
    });
  });

  it("counts each, and tells the log once a second how many there were", async () => {
    const { url, log, metrics } = await turning();
    const ask = async () => void (await (await fetch(url)).json());
    for (let i = 0; i < 3; i++) await ask();
    expect(log).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(log).toMatchObject([{ level: 40, msg: "refused: no room", refused: 3 }]);
    await ask();
    vi.advanceTimersByTime(1000);
    vi.advanceTimersByTime(1000);
    expect(log.map(({ refused }) => refused)).toEqual([3, 1]);
    expect(await metrics.registry.metrics()).toContain('finder_requests_total{strategy="hedged",outcome="refused"} 4');
  });

  it("tells what it has not told yet when it is asked to, and nothing twice", async () => {
    const { turnedAway, url, log } = await turning();
    await (await fetch(url)).json();
    turnedAway.tell();
    turnedAway.tell();
    vi.advanceTimersByTime(1000);
    expect(log.map(({ refused }) => refused)).toEqual([1]);
  });
});
