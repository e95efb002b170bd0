import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";

const dist = join(dirname(createRequire(import.meta.url).resolve("datacenter-finder/package.json")), "dist");

/** The service as it is built; how long it takes until the first byte of the page is there, from the request, on a new connection each time. */
export function firstByte() {
  let starting;
  return async () => {
    starting ??= start();
    const port = await starting;
    const begin = performance.now();
    const request = get({ port, host: "127.0.0.1", path: "/", agent: false });
    const [response] = await once(request, "response");
    const ms = performance.now() - begin;
    if (response.statusCode !== 200) throw new Error(`GET /: expected status 200, got ${response.statusCode}`);
    await once(response.resume(), "end");
    return ms;
  };
}

async function start() {
  const env = { ...process.env, PORT: "0", LOG_LEVEL: "silent" };
  const child = spawn(process.execPath, [join(dist, "main.js"), "start"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  child.unref();
  let port;
  for await (const line of createInterface(child.stdout)) {
    port = /listens on \S+:(\d+)/.exec(line)?.[1];
    if (port !== undefined) break;
  }
  // What else it says nobody reads, and an open pipe would keep this process.
  child.stdout.destroy();
  return port;
}

/** Kilobytes of JavaScript that the page loads, compressed by gzip. */
export function scripts() {
  const html = readFileSync(join(dist, "page/index.html"), "utf8");
  const files = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, file]) => join(dist, "page", file));
  if (files.length === 0) throw new Error("page/index.html: expected scripts, got none");
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1000;
}
