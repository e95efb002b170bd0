/*
 * Invariants:
 * - #requests counts the requests that have no whole answer yet;
 * - after `close` has resolved there is no connection, no request and no find left.
 */
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { background, type CancelContext, type Context, withCancel, withTimeout } from "@conc/context";
import { WaitGroup } from "@conc/sync";
import type { Logger } from "pino";
import type { Fleet } from "../fleet/fleet.ts";
import { listen } from "../listen.ts";
import { createApp } from "./app.ts";
import { type ClientLimits, defaultClientLimits } from "./client-limits.ts";
import { Finds } from "./finds.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { Metrics } from "./metrics.ts";
import { ServedCache } from "./served-cache.ts";

export interface ServiceOptions {
  readonly fleet: Fleet;
  readonly logger: Logger;
  readonly host: string;
  readonly port: number;
  readonly limits?: Limits | undefined;
  readonly clients?: ClientLimits | undefined;
  /** For how many milliseconds answers are kept; absent: not at all. */
  readonly cache?: number | undefined;
  /** Where everything is counted; absent: nowhere but in the service itself. */
  readonly metrics?: Metrics | undefined;
}

/** Why finds were cancelled that had not ended when the service did. */
export class ShutdownError extends Error {
  override readonly name = "ShutdownError";
  readonly code = "ERR_SHUTDOWN";

  constructor() {
    super("the service is shutting down");
  }
}

// For the answers of cancelled finds to get out.
const lastCall = 1000;

/** The service: its routes on a server that ends without leaving anybody without an answer. */
export class Service {
  readonly #ctx: CancelContext = withCancel(background());
  readonly #requests = new WaitGroup({ name: "requests" });
  readonly #finds: Finds;
  readonly #server: Server;
  #draining = false;
  #port = 0;

  private constructor(options: ServiceOptions) {
    const { fleet, logger, limits = defaultLimits, clients = defaultClientLimits, metrics = new Metrics() } = options;
    const cache = options.cache === undefined ? undefined : new ServedCache(options.cache);
    this.#finds = new Finds(fleet, { limits, metrics, cache });
    const [finds, ctx] = [this.#finds, this.#ctx];
    const app = createApp({
      fleet,
      finds,
      logger,
      metrics,
      ctx,
      clients,
      cache: options.cache,
      isDraining: () => this.#draining,
    });
    this.#server = createServer(
      { ...clients, connectionsCheckingInterval: clients.checkInterval },
      (request, response) => {
        this.#track(response);
        app(request, response);
      },
    ).setTimeout(clients.idleTimeout);
  }

  /** Rejects as listening does: with EADDRINUSE, for example. */
  static async start(options: ServiceOptions): Promise<Service> {
    const service = new Service(options);
    service.#port = await listen(service.#server, options.port, options.host);
    return service;
  }

  get port(): number {
    return this.#port;
  }

  /** How many requests have no whole answer yet. */
  get running(): number {
    return this.#requests.count;
  }

  /** How many finds wait to be let in. */
  get waiting(): number {
    return this.#finds.waiting;
  }

  /**
   * Takes no more connections, lets requests end that run, and cancels what still runs after `limit` milliseconds or when `hurry` is done.
   */
  async close(limit: number, hurry: Context = background()): Promise<void> {
    const closed = once(this.#server, "close");
    this.#draining = true;
    this.#server.close();
    using patience = withTimeout(hurry, limit);
    if (!(await this.#drained(patience))) {
      this.#ctx.cancel(new ShutdownError());
      using rest = withTimeout(background(), lastCall);
      await this.#drained(rest);
    }
    this.#server.closeAllConnections();
    await closed;
  }

  #track(response: ServerResponse): void {
    this.#requests.add();
    response.once("close", () => this.#requests.done());
    if (this.#draining) response.setHeader("connection", "close");
  }

  /** Whether all requests have ended before `ctx` did. */
  async #drained(ctx: Context): Promise<boolean> {
    try {
      await this.#requests.wait(ctx);
      return true;
    } catch (error) {
      if (ctx.err === undefined) throw error;
      return false;
    }
  }
}
