import { open, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { built } from "./built.ts";
import { Child, type Ended } from "./child.ts";
import type { Answer, Held, Question } from "./held.ts";

export interface ServiceOptions {
  /** What stands in the fleet file. */
  readonly fleet: object;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether waiting calls and timers are to be counted. */
  readonly counts?: boolean;
}

const main = built("main.js");
const probe = pathToFileURL(built("chaos/probe.js")).href;

/** The service as a user runs it, in a process of its own, with a probe in it. Its log goes to a file. */
export class ServiceChild implements AsyncDisposable {
  readonly #child: Child;
  readonly #folder: string;
  #asked = 0;
  #url = "";

  private constructor(child: Child, folder: string) {
    this.#child = child;
    this.#folder = folder;
  }

  static async start({ fleet, env = {}, counts = false }: ServiceOptions): Promise<ServiceChild> {
    const folder = await mkdtemp(join(tmpdir(), "chaos-"));
    const fleetFile = join(folder, "fleet.json");
    await writeFile(fleetFile, JSON.stringify(fleet));
    // Not a pipe: a log that nobody reads fast enough would hold up the service.
    const log = await open(join(folder, "log"), "w");
    const child = new Child(main, {
      flags: ["--expose-gc", "--import", probe],
      args: ["start"],
      env: { PORT: "0", FLEET: fleetFile, ...(counts ? { CHAOS_COUNTS: "1" } : {}), ...env },
      stderr: log.fd,
    });
    const service = new ServiceChild(child, folder);
    // The first line must not be missed; then the file is the child's own.
    const listening = service.#listening();
    await log.close();
    service.#url = await listening;
    return service;
  }

  get url(): string {
    return this.#url;
  }

  get ended(): Promise<Ended> {
    return this.#child.ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  held(): Promise<Held> {
    return this.#ask("held");
  }

  /** Bytes that are reachable. */
  async heap(): Promise<number> {
    return (await this.#ask<{ heapUsed: number }>("heap")).heapUsed;
  }

  /** Milliseconds of processor time so far, and bytes of memory. */
  usage(): Promise<{ cpu: number; rss: number }> {
    return this.#ask("usage");
  }

  /** What the service counts, by its metrics: each with its labels, as `finder_requests_total{strategy="hedged",outcome="found"}`. */
  async metrics(): Promise<Map<string, number>> {
    const text = await (await fetch(`${this.url}/metrics`, { headers: { connection: "close" } })).text();
    const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return new Map(
      samples.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
    );
  }

  /** What is under way or waits, by its metrics; nothing of that which is zero. */
  async inFlight(): Promise<Record<string, number>> {
    const gauges = [...(await this.metrics())].filter(
      ([name, value]) => /(_in_flight|queue_length)\b/.test(name) && value !== 0,
    );
    return Object.fromEntries(gauges);
  }

  /** Writes a heap snapshot, as the debugger of a browser reads it. */
  async snapshot(file: string): Promise<void> {
    await this.#ask("snapshot", { file });
  }

  /** What has been logged so far. */
  async log(): Promise<Record<string, unknown>[]> {
    const lines = (await readFile(join(this.#folder, "log"), "utf8")).split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { exitCode } = this.#child.process;
    await this.#child[Symbol.asyncDispose]();
    const log = await readFile(join(this.#folder, "log"), "utf8");
    await rm(this.#folder, { recursive: true });
    if (exitCode) throw new Error(`the service has ended by itself, with status ${exitCode}: ${log.slice(-2000)}`);
  }

  async #listening(): Promise<string> {
    for await (const line of createInterface(this.#child.process.stdout as Readable)) {
      const url = /listens on (\S+)/.exec(line)?.[1];
      // By the address it listens on: `localhost` may be another.
      if (url !== undefined) return url.replace("localhost", "127.0.0.1");
    }
    throw new Error(`the service did not start: ${await readFile(join(this.#folder, "log"), "utf8")}`);
  }

  #ask<T extends Answer>(ask: Question["ask"], more: object = {}): Promise<T> {
    const id = this.#asked++;
    const { process: child } = this.#child;
    return new Promise((resolve, reject) => {
      const hear = (message: { id: number; answered: T }) => {
        if (message.id !== id) return;
        child.off("message", hear);
        resolve(message.answered);
      };
      child.on("message", hear);
      child.send({ id, ask, ...more }, (error) => {
        if (error !== null) reject(error);
      });
    });
  }
}
