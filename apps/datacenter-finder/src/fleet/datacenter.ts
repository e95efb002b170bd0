import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { sleep } from "@conc/chan";
import { background, type CancelContext, withCancel } from "@conc/context";
import express, { type Request, type Response } from "express";
import { listen } from "../listen.ts";
import { requestContext } from "../request-context.ts";
import type { DatacenterSpec } from "./workshop.ts";

/** What a datacenter takes down of a request: that it came, and how it ended. */
export interface JournalEntry {
  readonly datacenter: string;
  readonly resource: string;
  /** `aborted`: whoever asked has gone before there was an answer. */
  readonly what: "received" | "found" | "not found" | "failed" | "aborted";
}

export type Journal = (entry: JournalEntry) => void;

export interface DatacenterOptions extends DatacenterSpec {
  /** What it has. */
  readonly resources: ReadonlySet<string>;
  readonly journal?: Journal | undefined;
}

/** A datacenter: an HTTP server on loopback that takes its time, and stops working on a request when nobody waits for it any more. */
export class Datacenter {
  readonly #options: DatacenterOptions;
  readonly #ctx: CancelContext = withCancel(background());
  readonly #server: Server;
  #port = 0;

  private constructor(options: DatacenterOptions) {
    const app = express().disable("x-powered-by").disable("etag");
    app.get("/healthz", (_, response) => void response.json({ status: "ok" }));
    app.get("/resources/:resource", (request, response) => this.#serve(request, response));
    this.#options = options;
    this.#server = createServer(app);
  }

  static async start(options: DatacenterOptions): Promise<Datacenter> {
    const datacenter = new Datacenter(options);
    datacenter.#port = await listen(datacenter.#server, 0, "127.0.0.1");
    await datacenter.#warmUp();
    return datacenter;
  }

  /** What to ask it, with `{resource}` for the resource. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/resources/{resource}`;
  }

  /** Aborts what it works on, and is gone. */
  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#ctx.cancel();
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  // The first request of a process loads half an HTTP client and server, which can take longer than a hedge waits.
  async #warmUp(): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/healthz`);
    await response.body?.cancel();
  }

  async #serve(request: Request<{ resource: string }>, response: Response): Promise<void> {
    const { resource } = request.params;
    this.#note(resource, "received");
    using ctx = requestContext(this.#ctx, response);
    try {
      await sleep(this.#options.delay, ctx);
    } catch (error) {
      if (ctx.err === undefined) throw error;
      this.#note(resource, "aborted");
      return;
    }
    this.#note(resource, this.#answer(resource, response));
  }

  #answer(resource: string, response: Response): JournalEntry["what"] {
    const { name, failure, resources } = this.#options;
    if (failure !== undefined) {
      response.status(500).json({ datacenter: name, error: failure });
      return "failed";
    }
    const found = resources.has(resource);
    response.status(found ? 200 : 404).json({ datacenter: name, resource, found });
    return found ? "found" : "not found";
  }

  #note(resource: string, what: JournalEntry["what"]): void {
    this.#options.journal?.({ datacenter: this.#options.name, resource, what });
  }
}
