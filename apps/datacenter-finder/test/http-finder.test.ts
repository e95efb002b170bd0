import { once } from "node:events";
import { Chan } from "@conc/chan";
import { background, withCancel, withTimeout } from "@conc/context";
import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { HttpFinder } from "../src/http-finder.ts";
import { forever } from "./support/fleet.ts";
import { serve } from "./support/server.ts";

async function finderAt(listener: RequestListener, { path = "/{resource}", timeout = forever } = {}) {
  const { url, server } = await serve(listener);
  return { finder: new HttpFinder({ name: "SBG", weight: 10, timeout, url: url + path }), server };
}

/** Lets the event loop go round once: what has arrived is read, a connection is kept. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const answering = (status: number, body = ""): RequestListener => {
  return (_, response) => void response.writeHead(status).end(body);
};

describe("HttpFinder", () => {
  it.each([
    [200, true],
    [404, false],
  ])("takes %d as %s", async (status, found) => {
    const { finder } = await finderAt(answering(status, "whatever"));
    expect(await finder.find(background(), "server-1")).toBe(found);
  });

  it("puts the resource where the template says, everywhere, and as one segment", async () => {
    const urls: (string | undefined)[] = [];
    const { finder } = await finderAt(
      ({ url }, response) => {
        urls.push(url);
        response.end();
      },
      { path: "/a/{resource}/b?name={resource}" },
    );
    await finder.find(background(), "server-1");
    await finder.find(background(), "$& /?#");
    expect(urls).toEqual(["/a/server-1/b?name=server-1", "/a/%24%26%20%2F%3F%23/b?name=%24%26%20%2F%3F%23"]);
  });

  it.each([
    [500, '{"error":"something went wrong"}', "something went wrong"],
    [503, '{"title":"Service Unavailable","detail":"draining"}', "draining"],
    [500, "<html>", "expected status 200 or 404, got 500"],
    [500, "null", "expected status 200 or 404, got 500"],
    [204, "", "expected status 200 or 404, got 204"],
    [302, "", "expected status 200 or 404, got 302"],
  ])("takes %d %s as a failure", async (status, body, reason) => {
    const { finder } = await finderAt(answering(status, body));
    await expect(finder.find(background(), "x")).rejects.toMatchObject({
      name: "DatacenterError",
      code: "ERR_DATACENTER",
      datacenter: "SBG",
      message: reason,
    });
  });

  it("follows no redirect, so that its credential goes nowhere else", async () => {
    const visits: unknown[] = [];
    const { url: elsewhere } = await serve((request, response) => {
      visits.push(request.headers);
      response.end();
    });
    const { url } = await serve((_, response) => void response.writeHead(307, { location: elsewhere }).end());
    const authorization = "Bearer hunter2";
    const finder = new HttpFinder({
      name: "SBG",
      weight: 1,
      timeout: forever,
      url: `${url}/{resource}`,
      authorization,
    });
    await expect(finder.find(background(), "x")).rejects.toThrow("expected status 200 or 404, got 307");
    expect(visits).toEqual([]);
  });

  it.each(["Bearer hunter2", "hunter2"])(
    "does not repeat its credential, should the datacenter do so: %s",
    async (told) => {
      const { url } = await serve((_, response) => {
        response.writeHead(403).end(JSON.stringify({ error: `no such token: ${told}` }));
      });
      const authorization = "Bearer hunter2";
      const finder = new HttpFinder({
        name: "SBG",
        weight: 1,
        timeout: forever,
        url: `${url}/{resource}`,
        authorization,
      });
      await expect(finder.find(background(), "x")).rejects.toThrow(/^no such token: \*\*\*$/);
    },
  );

  it.each([".", ".."])("asks nobody for %s, which would lead to another path", async (resource) => {
    const paths: unknown[] = [];
    const { finder } = await finderAt(
      ({ url }, response) => {
        paths.push(url);
        response.end();
      },
      { path: "/a/{resource}" },
    );
    await expect(finder.find(background(), resource)).rejects.toThrow(`expected a name of a resource, got ${resource}`);
    expect(paths).toEqual([]);
  });

  it("stays below its path and at its host, whatever the resource is called", async () => {
    const seen: unknown[] = [];
    const { finder } = await finderAt(
      ({ url, headers }, response) => {
        seen.push([url, headers.host]);
        response.end();
      },
      { path: "/a/{resource}" },
    );
    const host = new URL(finder.url).host;
    const names = [
      "../b",
      "..%2fb",
      "//evil.example/",
      "\\\\evil",
      "@evil",
      ":80",
      "?x=1",
      "#x",
      "a b",
      "\r\nx: y",
      "\u2025/b",
      "%",
    ];
    for (const name of names) await finder.find(background(), name);
    expect(seen).toEqual(names.map((name) => [`/a/${encodeURIComponent(name)}`, host]));
  });

  it("reads no more of an endless failure than it needs, and ends the connection", async () => {
    const closed = new Chan<true>(1);
    const { finder } = await finderAt((_, response) => {
      response.once("close", () => closed.trySend(true)).writeHead(500);
      const more = () => response.write("x".repeat(1024));
      response.on("drain", more);
      while (more());
    });
    await expect(finder.find(background(), "x")).rejects.toThrow("expected status 200 or 404, got 500");
    expect(await closed.recv()).toEqual({ value: true, ok: true });
  });

  it("does not wait for the body of an answer", async () => {
    const { finder } = await finderAt((_, response) => {
      response.writeHead(200).write("and then nothing more");
    });
    expect(await finder.find(background(), "x")).toBe(true);
  });

  it("says why there was no connection", async () => {
    const { url, server } = await serve(() => {});
    server.close();
    await once(server, "close");
    const finder = new HttpFinder({ name: "SBG", weight: 1, timeout: forever, url: `${url}/{resource}` });
    await expect(finder.find(background(), "x")).rejects.toThrow(/^connect ECONNREFUSED 127\.0\.0\.1/);
  });

  it("fails when its own time is up, and ends the request", async () => {
    const closed = new Chan<true>(1);
    const { finder } = await finderAt((_, response) => void response.once("close", () => closed.trySend(true)), {
      timeout: 200,
    });
    await expect(finder.find(background(), "x")).rejects.toMatchObject({
      name: "DatacenterError",
      message: "no answer within 200ms",
    });
    expect(await closed.recv()).toEqual({ value: true, ok: true });
  });

  it("rejects with the context's error when that is done, and ends the request", async () => {
    const [received, closed] = [new Chan<true>(1), new Chan<true>(1)];
    const { finder } = await finderAt((_, response) => {
      received.trySend(true);
      response.once("close", () => closed.trySend(true));
    });
    const ctx = withCancel(background());
    const finding = finder.find(ctx, "x");
    await received.recv();
    ctx.cancel();
    await expect(finding).rejects.toBe(ctx.err);
    expect(await closed.recv()).toEqual({ value: true, ok: true });
  });

  it("rejects with the context's error when that has a deadline before its own", async () => {
    const { finder } = await finderAt(() => {});
    using ctx = withTimeout(background(), 20);
    await expect(finder.find(ctx, "x")).rejects.toMatchObject({
      name: "TimeoutError",
      message: "context deadline exceeded",
    });
  });

  it("takes a status that HTTP does not have as a failure, at once", async () => {
    const { finder } = await finderAt(({ socket }) => void socket.end("HTTP/1.1 999 Oh\r\ncontent-length: 0\r\n\r\n"));
    await expect(finder.find(background(), "x")).rejects.toThrow("expected status 200 or 404, got 999");
  });

  it("takes it as a failure when the server wants to speak another protocol", async () => {
    const { finder } = await finderAt(({ socket }) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: what\r\n\r\n");
    });
    await expect(finder.find(background(), "x")).rejects.toThrow("closed before there was an answer");
  });

  it("asks once more when a kept connection turns out to have been closed, and takes a new one that is reset as a failure", async () => {
    const asked = new Map<Socket, number>();
    let mercy = true;
    const { finder } = await finderAt(({ socket }, response) => {
      const times = (asked.get(socket) ?? 0) + 1;
      asked.set(socket, times);
      if (times === 1 && mercy) response.end();
      else socket.resetAndDestroy();
    });
    const requests = () => [...asked.values()];
    await finder.find(background(), "x");
    await turn();
    expect(await finder.find(background(), "x")).toBe(true);
    expect(requests()).toEqual([2, 1]);
    mercy = false;
    await turn();
    await expect(finder.find(background(), "x")).rejects.toMatchObject({ name: "DatacenterError" });
    expect(requests()).toEqual([2, 2, 1]);
  });

  it("does not ask again when a kept connection is reset in the body", async () => {
    const asked: string[] = [];
    const reset = new Chan<() => void>(1);
    const { finder } = await finderAt(({ socket, url }, response) => {
      asked.push(url as string);
      if (asked.length > 1) response.writeHead(500, { "content-length": 10 }).write("x");
      if (asked.length === 2) reset.trySend(() => socket.resetAndDestroy());
      else response.end();
    });
    await finder.find(background(), "1");
    await turn();
    const failing = finder.find(background(), "2");
    const { value: resetNow } = await reset.recv();
    // The head and the beginning of the body have come: the client reads before a turn of the loop is over.
    for (let i = 0; i < 5; i++) await turn();
    resetNow?.();
    await expect(failing).rejects.toMatchObject({ name: "DatacenterError" });
    await finder.find(background(), "3").catch(() => {});
    expect(asked).toEqual(["/1", "/2", "/3"]);
  });

  it("asks over the same connection again", async () => {
    const { finder, server } = await finderAt(answering(200, JSON.stringify({ found: true })));
    let connections = 0;
    server.on("connection", () => connections++);
    for (let i = 0; i < 20; i++) await finder.find(background(), "x");
    // One that was given up and its successor at the most.
    expect(connections).toBeLessThanOrEqual(3);
  });
});
