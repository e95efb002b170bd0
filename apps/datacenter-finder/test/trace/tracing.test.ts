import { Chan } from "@conc/chan";
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readFleet } from "../../src/fleet/fleet-file.ts";
import { strategyNames } from "../../src/strategies.ts";
import { Tracing } from "../../src/trace/tracing.ts";
import { forever, spec } from "../support/fleet.ts";
import { serve } from "../support/server.ts";
import { serviceOf, startService } from "../support/start-service.ts";
import { fleetFile } from "../support/start-child.ts";

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const contexts = new AsyncLocalStorageContextManager();

beforeAll(() => {
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  context.setGlobalContextManager(contexts.enable());
});
afterAll(async () => {
  trace.disable();
  propagation.disable();
  context.disable();
  await provider.shutdown();
});
beforeEach(() => exporter.reset());

const spans = () => exporter.getFinishedSpans();
const find = () => spans().find(({ name }) => name.startsWith("find by")) as ReadableSpan;
const asks = () => spans().filter(({ name }) => name.startsWith("ask "));
const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

describe("with an SDK of OpenTelemetry", () => {
  it.each(strategyNames)(
    "a find by %s is a span, with a child for each datacenter that was asked",
    async (strategy) => {
      const { get } = await startService([spec("SBG"), spec("GRA")], { hedgeDelay: forever });
      const { body } = await get(`/v1/find/server-6?strategy=${strategy}`, { headers: { "x-request-id": "r-1" } });
      expect(find()).toMatchObject({
        name: `find by ${strategy}`,
        kind: SpanKind.SERVER,
        status: { code: SpanStatusCode.UNSET },
        attributes: {
          "finder.request_id": "r-1",
          "finder.resource": "server-6",
          "finder.strategy": strategy,
          "finder.result": "found",
          "finder.found_in": "GRA",
        },
        events: [{ name: "let in" }],
      });
      expect(find().parentSpanContext).toBeUndefined();
      const asked: string[][] = body.datacenters.map(({ datacenter, outcome, found }: Record<string, unknown>) => [
        `ask ${datacenter}`,
        outcome === "answered" ? (found === true ? "found" : "not found") : outcome,
      ]);
      const traced = asks().map(({ name, attributes }) => [name, attributes["finder.outcome"]]);
      expect(new Set(traced)).toEqual(new Set(asked));
      expect(traced).toHaveLength(asked.length);
      for (const { kind, parentSpanContext } of asks()) {
        expect(kind).toBe(SpanKind.CLIENT);
        expect(parentSpanContext?.spanId).toBe(find().spanContext().spanId);
      }
    },
  );

  it("a find goes on with the trace of the request, up to the datacenters, and the log names it", async () => {
    const asked = new Chan<IncomingHttpHeaders>(10);
    const { url: upstream } = await serve(({ headers }, response) => {
      asked.trySend(headers);
      response.end();
    });
    const { url, log } = await serviceOf(await readFleet(await fleetFile(upstream)));
    const headers = { traceparent, tracestate: "vendor=1", "x-request-id": "r-1" };
    await (await fetch(`${url}/v1/find/server-1`, { headers })).json();
    const [ask] = asks();
    expect(find().spanContext().traceId).toBe(traceId);
    expect(find().parentSpanContext?.spanId).toBe("b7ad6b7169203331");
    expect((await asked.recv()).value).toMatchObject({
      traceparent: `00-${traceId}-${ask?.spanContext().spanId}-01`,
      tracestate: "vendor=1",
      "x-request-id": "r-1",
    });
    expect(log).toMatchObject([{ msg: "find", trace: traceId }]);
  });

  it("says of failures and deadlines that they are errors, and of what was cancelled why", async () => {
    const { get, noted } = await startService([
      spec("SBG", { failure: "down", delay: 50 }),
      spec("GRA", { delay: forever }),
    ]);
    await get("/v1/find/server-1?strategy=errgroup");
    await noted("aborted", "GRA");
    expect(find().status).toEqual({ code: SpanStatusCode.ERROR, message: "down" });
    const ended = Object.fromEntries(asks().map(({ name, status, attributes }) => [name, { status, attributes }]));
    expect(ended["ask SBG"]?.status).toEqual({ code: SpanStatusCode.ERROR, message: "down" });
    expect(ended["ask GRA"]).toMatchObject({
      status: { code: SpanStatusCode.UNSET },
      attributes: { "finder.outcome": "cancelled", "finder.reason": "down" },
    });
    exporter.reset();
    await get("/v1/find/server-1?strategy=waitgroup&timeout=300ms");
    await noted("aborted", "GRA");
    expect(find()).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { "finder.result": "deadline exceeded" },
    });
  });

  it("says that there was no room", async () => {
    const { get, noted } = await startService([spec("SBG", { delay: forever })], {}, { capacity: 10, queue: 0 });
    const leaving = new AbortController();
    const running = get("/v1/find/server-1?timeout=60s", { signal: leaving.signal }).catch(() => undefined);
    await noted("received", "SBG");
    expect((await get("/v1/find/server-2")).status).toBe(503);
    expect(find()).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: "there is no room for more finds" },
      attributes: { "finder.resource": "server-2" },
      events: [],
    });
    leaving.abort();
    await running;
  });

  it("links who shares a find to it", async () => {
    const { get, noted } = await startService([spec("SBG", { delay: forever })]);
    const leaving = new AbortController();
    const leader = get("/v1/find/server-1?timeout=60s", { signal: leaving.signal }).catch(() => undefined);
    await noted("received", "SBG");
    await get("/v1/find/server-1?timeout=20ms");
    const follower = find();
    expect(asks()).toEqual([]);
    leaving.abort();
    await leader;
    await noted("aborted", "SBG");
    const finds = () => spans().filter(({ name }) => name.startsWith("find by"));
    await expect.poll(() => finds().length).toBe(2);
    const [, led] = finds();
    expect(follower.links.map(({ context }) => context.spanId)).toEqual([led?.spanContext().spanId]);
    expect(led?.links).toEqual([]);
  });

  it("stands below the span that is active, such as that of an instrumented server", () => {
    const server = provider.getTracer("http").startSpan("GET");
    const query = { resource: "server-1", strategy: "hedged" } as const;
    context.with(trace.setSpan(context.active(), server), () => {
      new Tracing().find("r-1", query, { traceparent })?.refused("no room");
    });
    expect(find()).toMatchObject({
      kind: SpanKind.INTERNAL,
      parentSpanContext: { spanId: (server as Span).spanContext().spanId },
    });
    server.end();
  });
});
