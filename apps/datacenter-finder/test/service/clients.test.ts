import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ClientLimits, defaultClientLimits } from "../../src/service/client-limits.ts";
import { longestTimeout } from "../../src/service/find-query.ts";
import { EventStream } from "../../src/service/event-stream.ts";
import { forever, spec, startFleet } from "../support/fleet.ts";
import { raw } from "../support/raw.ts";
import { samplesOf } from "../support/samples.ts";
import { serve } from "../support/server.ts";
import { serviceOf } from "../support/start-service.ts";

const get = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: finder\r\n${more}\r\n`;

/** The body of a whole answer, whose length is as its header says. */
function problemIn(answer: string): unknown {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^Content-Length: ${Buffer.byteLength(body)}$`, "m"));
  return JSON.parse(body);
}

async function serviceFor(clients: Partial<ClientLimits>, delay = 0) {
  const fleet = await startFleet([spec("SBG", { delay })]);
  return { ...fleet, ...(await serviceOf(fleet.fleet, { clients: { ...defaultClientLimits, ...clients } })) };
}

describe("a client that", () => {
  it("does not finish its headers is told 408, and its connection ended", async () => {
    const { service } = await serviceFor({ headersTimeout: 50, checkInterval: 20 });
    const { answer } = raw(service.port, "GET /v1/find/server-1 HTTP/1.1\r\nHost: finder\r\nX-Slow: ");
    expect(await answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/);
    expect(problemIn(await answer)).toEqual({
      type: "about:blank",
      title: "Request Timeout",
      status: 408,
      detail: "expected headers within 50 ms, and the request within 10000 ms",
    });
  });

  it("drips its request is told 408 too, however often it sends a byte", async () => {
    const { service } = await serviceFor({ headersTimeout: 100, requestTimeout: 100, checkInterval: 20 });
    const { socket, answer } = raw(service.port, "GET /v1/find/server-1 HTTP/1.1\r\nHost: finder\r\nX-Slow: ");
    const dripping = setInterval(() => socket.write("x"), 5);
    onTestFinished(() => clearInterval(dripping));
    expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("sends more headers than it needs is told 431", async () => {
    const { service } = await serviceFor({});
    const { answer } = raw(service.port, get("/healthz", `X-Large: ${"x".repeat(9000)}\r\n`));
    expect(await answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
    expect(problemIn(await answer)).toMatchObject({ status: 431, detail: "expected at most 8192 bytes of headers" });
  });

  it("does not speak HTTP is told 400, with what the parser stumbled over", async () => {
    const { service, journal } = await serviceFor({});
    const { answer } = raw(service.port, "HELO finder\r\n\r\n");
    expect(await answer).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application\/problem\+json;/,
    );
    expect(problemIn(await answer)).toMatchObject({
      status: 400,
      detail: expect.stringMatching(/^expected a request of HTTP\/1\.1: \w/),
    });
    expect(journal.length).toBe(0);
  });

  it("does so behind a request whose answer has begun is cut off, and nothing is written into that answer", async () => {
    const { service, noted } = await serviceFor({}, forever);
    const { socket, answer } = raw(service.port, get("/v1/find/server-1/events?timeout=60s"));
    await noted("received", "SBG");
    socket.write("HELO finder\r\n\r\n");
    await noted("aborted", "SBG");
    expect(await answer).toContain("event: started");
    expect(await answer).not.toContain("HTTP/1.1 400");
  });

  it.each([
    ["a length", "Content-Length: 1000000000\r\n"],
    ["chunks", "Transfer-Encoding: chunked\r\n"],
  ])("sends a body, by %s, is told 413 before it has sent it", async (_, header) => {
    const { service, journal } = await serviceFor({});
    const { answer } = raw(service.port, get("/v1/find/server-1", header));
    expect(await answer).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n[^]*"detail":"expected no body"/);
    expect(journal.length).toBe(0);
  });

  it("keeps a connection for nothing is left it no longer than so", async () => {
    const { service } = await serviceFor({ keepAliveTimeout: 20 });
    const { answer } = raw(service.port, get("/healthz"));
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\{"status":"ok"\}$/);
  });

  it("lets its connection stand still for longer than any find takes is dropped, and its find with it", async () => {
    expect(defaultClientLimits.idleTimeout).toBeGreaterThan(longestTimeout);
    const { service, noted } = await serviceFor({ idleTimeout: 300 }, forever);
    const { answer } = raw(service.port, get("/v1/find/server-1/events?timeout=60s"));
    await noted("received", "SBG");
    await noted("aborted", "SBG");
    expect(await answer).toContain("event: started");
    expect(service.running).toBe(0);
  });
});

describe("EventStream", () => {
  it("drops a reader who does not read, when so much waits for it, and says so once", async () => {
    let [sent, drops] = [0, 0];
    const { port } = await serve((_, response) => {
      const stream = new EventStream(response, { maxUnread: 10_000, onDrop: () => drops++ });
      while (!response.destroyed) {
        stream.send("step", "x".repeat(1000));
        sent++;
        expect(response.writableLength).toBeLessThan(12_000);
      }
      stream.send("step", "late");
      stream.end();
    });
    const socket = connect(port, "127.0.0.1").pause();
    onTestFinished(() => void socket.destroy());
    socket.write(get("/"));
    await expect.poll(() => drops).toBe(1);
    expect(sent).toBeGreaterThan(10);
  });

  it("counts those who were dropped", async () => {
    const { url } = await serviceFor({});
    expect(await samplesOf(url)).toMatchObject({ finder_event_streams_dropped_total: 0 });
    const dropping = await serviceFor({ maxUnread: -1 });
    await expect(fetch(`${dropping.url}/v1/find/server-1/events`).then((answer) => answer.text())).rejects.toThrow();
    expect(await samplesOf(dropping.url)).toMatchObject({ finder_event_streams_dropped_total: 1 });
  });
});
