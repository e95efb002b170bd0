import { type ChildProcess, execFile, spawn } from "node:child_process";
import { EventEmitter, getEventListeners, on, once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { addAbortSignal, PassThrough, Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { scheduler, setImmediate, setInterval, setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { background, type Context, fromSignal, todo, withCancel, withTimeout } from "../src/index.ts";
import { membersOf } from "./support/members-of.ts";

/** A server that takes every request and answers none. */
const server = http.createServer();
let url: string;
let folder: string;
let bigFile: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = fs.mkdtempSync(join(tmpdir(), "context-"));
  bigFile = join(folder, "big");
  fs.writeFileSync(bigFile, "");
  // A hole, which takes no room on the disk: 32 MB are read in many steps.
  fs.truncateSync(bigFile, 2 ** 25);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  fs.rmSync(folder, { recursive: true });
});

/** An operation of the platform that takes `options`, and goes on until it is cancelled. */
interface Operation {
  /** Starts it, and gives what it ends with. */
  run(options: { signal: AbortSignal }): Promise<unknown>;
  /** Resolves when the operation is under way. */
  started?(): Promise<unknown>;
}

/** What an operation that ends by an error rejects with. */
const failure = (emitter: EventEmitter) =>
  new Promise((_, reject) => {
    emitter.on("error", reject);
  });

const requested = () => once(server, "request");
const endless = [process.execPath, ["-e", "setInterval(() => {}, 1000)"]] as const;

const rejecting: Record<string, Operation> = {
  fetch: { run: (options) => fetch(url, options), started: requested },
  "http.get": { run: (options) => failure(http.get(url, options)), started: requested },
  "http.request": {
    run: (options) => failure(http.request(url, options).end()),
    started: requested,
  },
  "child_process.spawn": { run: (options) => failure(spawn(...endless, options)) },
  "child_process.execFile": { run: (options) => promisify(execFile)(...endless, options) },
  "timers/promises setTimeout": { run: (options) => setTimeout(1e6, undefined, options) },
  "timers/promises setImmediate": { run: (options) => setImmediate(undefined, options) },
  "timers/promises setInterval": {
    run: (options) => setInterval(1e6, undefined, options)[Symbol.asyncIterator]().next(),
  },
  "timers/promises scheduler.wait": { run: (options) => scheduler.wait(1e6, options) },
  "events.once": { run: (options) => once(new EventEmitter(), "never", options) },
  "events.once of an EventTarget": { run: (options) => once(new EventTarget(), "never", options) },
  "events.on": { run: async (options) => on(new EventEmitter(), "never", options).next() },
  "stream.pipeline": { run: (options) => pipeline(new PassThrough(), new PassThrough(), options) },
  "stream.finished": { run: (options) => finished(new PassThrough(), options) },
  "pipeTo of a ReadableStream": {
    run: (options) => new ReadableStream().pipeTo(new WritableStream(), options),
  },
  "fs.readFile": {
    run: (options) =>
      new Promise((resolve, reject) => {
        fs.readFile(bigFile, options, (error, data) => (error === null ? resolve(data) : reject(error)));
      }),
  },
  "fs.promises.readFile": { run: (options) => fs.promises.readFile(bigFile, options) },
  "fs.promises.writeFile": {
    run: (options) => fs.promises.writeFile(join(folder, "written"), new PassThrough(), options),
  },
  "fs.promises.watch": { run: (options) => fs.promises.watch(folder, options)[Symbol.asyncIterator]().next() },
  "readline question": {
    run: async (options) => {
      const lines = createInterface({ input: new PassThrough(), output: new PassThrough() });
      try {
        return await lines.question("name? ", options);
      } finally {
        lines.close();
      }
    },
  },
};

describe("rejects when the context it was handed is cancelled, with the context's error or one that has it as its cause", () => {
  it.each(Object.entries(rejecting))("%s", async (_, { run, started }) => {
    using ctx = withCancel(background());
    const underWay = started?.();
    const ended = run(ctx).then(
      () => "was not cancelled",
      (error: Error) => error,
    );
    await underWay;
    ctx.cancel(new Error("the user left"));
    const error = (await ended) as Error;
    expect(error).toBeInstanceOf(Error);
    if (error === ctx.err) return;
    expect(error.name).toBe("AbortError");
    expect(error.cause).toBe(ctx.err);
  });

  it.each(Object.entries(rejecting))("%s, by a deadline that has passed", async (_, { run }) => {
    const ctx = withTimeout(background(), 0);
    const error = await run(ctx).catch((reason: Error) => reason);
    expect([error, (error as Error).cause]).toContain(ctx.err);
  });
});

describe("what goes on in the world is really ended", () => {
  it("fetch: the server sees the connection go", async () => {
    const ctx = withCancel(background());
    const arrived = requested();
    const fetching = fetch(url, ctx).catch((reason: unknown) => reason);
    const [request] = (await arrived) as [http.IncomingMessage];
    const gone = once(request.socket, "close");
    ctx.cancel();
    await gone;
    expect(await fetching).toBe(ctx.err);
  });

  it("fetch: reading a body that comes slowly", async () => {
    const ctx = withCancel(background());
    server.once("request", (_, response: http.ServerResponse) => response.write("the beginning"));
    const response = await fetch(url, ctx);
    const body = response.text();
    ctx.cancel();
    await expect(body).rejects.toBe(ctx.err);
  });

  it("http.get: the server sees the connection go", async () => {
    const ctx = withCancel(background());
    const arrived = requested();
    const failed = once(http.get(url, ctx), "error");
    const [request] = (await arrived) as [http.IncomingMessage];
    const gone = once(request.socket, "close");
    ctx.cancel();
    await gone;
    expect((await failed)[0].cause).toBe(ctx.err);
  });

  it.each<[string, (ctx: Context) => ChildProcess]>([
    ["spawn", (ctx) => spawn(...endless, ctx)],
    ["execFile", (ctx) => execFile(...endless, ctx, () => {})],
  ])("%s: the process is terminated", async (_, start) => {
    const ctx = withCancel(background());
    const child = start(ctx);
    try {
      child.on("error", () => {});
      await once(child, "spawn");
      const exited = new Promise((resolve) => {
        child.on("exit", (_code, signal) => resolve(signal));
      });
      ctx.cancel();
      expect(await exited).toBe("SIGTERM");
      expect(child.killed).toBe(true);
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("timers/promises: the timer is gone, so that it keeps no process alive", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((type) => type === "Timeout").length;
    const before = timers();
    const ctx = withCancel(background());
    const waiting = setTimeout(1e6, undefined, ctx);
    expect(timers()).toBe(before + 1);
    ctx.cancel();
    expect(timers()).toBe(before);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError", cause: ctx.err });
  });

  it("events.once and events.on: the emitter has no listener any more", async () => {
    const ctx = withCancel(background());
    const emitter = new EventEmitter();
    const waiting = [once(emitter, "news", ctx), on(emitter, "news", ctx).next()];
    expect(emitter.listenerCount("news")).toBe(2);
    ctx.cancel();
    expect(emitter.listenerCount("news")).toBe(0);
    const states = await Promise.allSettled(waiting);
    expect(states.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("fs.readFile: reading stops, and gives nothing of what was read", async () => {
    const ctx = withCancel(background());
    const given = new Promise<unknown[]>((resolve) => {
      fs.readFile(bigFile, ctx, (...args) => resolve(args));
    });
    ctx.cancel();
    expect(await given).toMatchObject([{ name: "AbortError", cause: ctx.err }]);
  });

  it("stream.pipeline: both streams are destroyed", async () => {
    const ctx = withCancel(background());
    const [from, to] = [new PassThrough(), new PassThrough()];
    const piping = pipeline(from, to, ctx);
    ctx.cancel();
    await expect(piping).rejects.toMatchObject({ name: "AbortError" });
    expect([from.destroyed, to.destroyed]).toEqual([true, true]);
  });

  it("addEventListener: the listener is gone, and was there before", () => {
    const ctx = withCancel(background());
    const target = new EventTarget();
    let heard = 0;
    target.addEventListener("news", () => heard++, ctx);
    target.dispatchEvent(new Event("news"));
    target.dispatchEvent(new Event("news"));
    expect(heard).toBe(2);
    ctx.cancel();
    target.dispatchEvent(new Event("news"));
    expect(heard).toBe(2);
  });

  it("addEventListener: under a context that is done no listener is added", () => {
    const target = new EventTarget();
    target.addEventListener("news", () => expect.fail("was done before"), withTimeout(background(), 0));
    expect(target.dispatchEvent(new Event("news"))).toBe(true);
  });

  it("addAbortSignal and net.Server.listen", async () => {
    const ctx = withCancel(background());
    const stream = addAbortSignal(ctx.signal, new Readable({ read() {} }));
    const listening = createServer();
    listening.listen({ port: 0, host: "127.0.0.1", signal: ctx.signal });
    await once(listening, "listening");
    const closed = [once(listening, "close"), once(stream, "error")];
    ctx.cancel();
    const [error] = (await Promise.all(closed))[1] as [Error];
    expect([error.cause, stream.destroyed, listening.listening]).toEqual([ctx.err, true, false]);
  });

  it("AbortSignal.any takes contexts' signals, and fromSignal takes it back", () => {
    const ctxs = [withCancel(background()), withCancel(background())];
    const both = fromSignal(AbortSignal.any(ctxs.map((ctx) => ctx.signal)));
    ctxs[1]?.cancel("enough");
    expect(both.cause).toBe(ctxs[1]?.err);
  });
});

const listenOnce: Operation = {
  run: async (options) => {
    new EventTarget().addEventListener("news", () => {}, options);
  },
};

it.each([...Object.entries(rejecting), ["addEventListener", listenOnce] as const])(
  "%s asks its options for the signal, and for nothing else that a context has",
  async (_, operation) => {
    using ctx = withCancel(background());
    const asked = new Set<string>();
    const options = new Proxy(
      { signal: ctx.signal },
      {
        get: (target, name, receiver) => Reflect.get(target, asked.add(String(name)) && name, receiver),
        has: (target, name) => Reflect.has(target, asked.add(String(name)) && name),
        // A copy of the own properties can have no other than the signal.
        ownKeys: (target) => Reflect.ownKeys(target),
      },
    );
    const ended = operation.run(options).catch(() => {});
    ctx.cancel();
    await ended;
    expect(asked).toContain("signal");
    expect(membersOf(ctx).filter((name) => asked.has(name))).toEqual(["signal"]);
  },
);

it.each([background(), todo()])(
  "the signal of %s keeps none of the listeners that the platform adds to it",
  async (ctx) => {
    await setTimeout(1, undefined, ctx);
    once(new EventEmitter(), "never", ctx).catch(() => {});
    expect(getEventListeners(ctx.signal, "abort")).toEqual([]);
  },
);

it("a program that only holds a deadline ends before it", async () => {
  const dist = new URL("../dist/index.js", import.meta.url).href;
  const program = `import { background, withTimeout } from ${JSON.stringify(dist)}; withTimeout(background(), 1e8); console.log("end");`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { timeout: 20_000 });
  expect(stdout).toBe("end\n");
});
