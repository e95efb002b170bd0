import { EventSourceParserStream } from "eventsource-parser/stream";
import { describe, expect, it } from "vitest";
import type { LiveEvent } from "../../src/service/live-event.ts";
import { forever, spec } from "../support/fleet.ts";
import { startService } from "../support/start-service.ts";

/** Reads a stream of events as they come. */
async function* eventsOf(response: Response): AsyncGenerator<LiveEvent> {
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const stream = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of stream ?? []) yield { type: event, data: JSON.parse(data) } as LiveEvent;
}

const told = ({ type, data }: LiveEvent) =>
  "datacenter" in data && type !== "report" ? `${type} ${data.datacenter}` : type;

describe("GET /v1/find/:resource/events", () => {
  it("tells what will be done, what happens, and the same report as without events", async () => {
    const { url } = await startService([spec("SBG"), spec("GRA", { failure: "GRA is down" })]);
    const events: LiveEvent[] = [];
    for await (const event of eventsOf(await fetch(`${url}/v1/find/server-5/events?strategy=sequential`)))
      events.push(event);
    expect(events.map(told)).toEqual(["begin", "started SBG", "answered SBG", "started GRA", "failed GRA", "report"]);
    expect(events[0]?.data).toEqual({
      resource: "server-5",
      strategy: "sequential",
      timeout: 5000,
      datacenters: ["SBG", "GRA"],
      waitsFor: "turn",
      options: { hedgeDelay: 75, limit: 2, capacity: 30 },
    });
    const [, started, answered, , failed, report] = events.map(({ data }) => data) as any[];
    expect(answered).toMatchObject({ found: true });
    expect(failed).toMatchObject({ reason: "GRA is down" });
    expect(report).toMatchObject({ result: "found", datacenter: "SBG" });
    expect(report.datacenters[0]).toMatchObject({ startedAt: started.at, endedAt: answered.at });
  });

  it("tells of a find while it runs, and cancels it when the reader goes away: the datacenters confirm it", async () => {
    const { url, noted, log, service } = await startService([spec("SBG", { delay: forever }), spec("GRA")]);
    const reader = new AbortController();
    const response = await fetch(`${url}/v1/find/server-1/events?strategy=waitgroup&timeout=60s`, {
      signal: reader.signal,
    });
    const seen: string[] = [];
    for await (const event of eventsOf(response)) {
      seen.push(told(event));
      if (event.type === "answered") break;
    }
    expect(seen).toEqual(["begin", "started SBG", "started GRA", "answered GRA"]);
    reader.abort();
    await noted("aborted", "SBG");
    await expect.poll(() => service.running).toBe(0);
    expect(log).toMatchObject([{ msg: "find", result: "cancelled", error: "the client has gone" }]);
  });

  it("reports a deadline and a shutdown as it reports everything", async () => {
    const { url, service, noted } = await startService([spec("SBG", { delay: forever })]);
    const ask = async (timeout: string) => {
      let last: LiveEvent | undefined;
      for await (const event of eventsOf(await fetch(`${url}/v1/find/server-1/events?timeout=${timeout}`)))
        last = event;
      return last;
    };
    expect(await ask("50ms")).toMatchObject({ type: "report", data: { result: "deadline exceeded" } });
    await noted("aborted", "SBG");
    const asking = ask("60s");
    await noted("received", "SBG");
    await service.close(0);
    expect(await asking).toMatchObject({
      type: "report",
      data: { result: "cancelled", error: "the service is shutting down" },
    });
  });

  it("refuses what makes no sense before it begins", async () => {
    const { get } = await startService([spec("SBG")]);
    const { status, type } = await get("/v1/find/server-1/events?strategy=magic");
    expect([status, type]).toEqual([400, "application/problem+json; charset=utf-8"]);
  });
});
