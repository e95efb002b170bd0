/*
 * Invariant: after `close` has resolved there is no connection, no request and no find left.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Server as NetServer } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { background, type CancelContext, type Context, withCancel, withTimeout } from "@conc/context";
import type { Logger } from "pino";
import type { Fleet } from "../fleet/fleet.ts";
import { listen } from "../listen.ts";
import { AdaptiveLimit } from "./adaptive-limit.ts";
import { createApp } from "./app.ts";
import { type ClientLimits, defaultClientLimits } from "./client-limits.ts";
import { Door } from "./door.ts";
import { Finds } from "./finds.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { Metrics } from "./metrics.ts";
import { OpenRequests } from "./open-requests.ts";
import { ServedCache } from "./served-cache.ts";
import { TurnedAway } from "./turned-away.ts";
import { answerUnreadable } from "./unreadable.ts";

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

// For those who have connected to be let in, and for the answers of cancelled finds to get out.
const lastCall = 1000;

// For the next request on a kept connection: then its client is told in an answer that it is the last. A connection that is closed in the
// moment in which it is used takes a request with it.
const farewell = 300;

/** A find needs the event loop some four times, and is that much later than it would be. */
const pace = { least: 20, most: 1000, initial: 100, tooLate: 6 };

/** The service: its routes on a server that ends without leaving anybody without an answer. */
export class Service {
  readonly #ctx: CancelContext = withCancel(background());
  readonly #requests: OpenRequests;
  readonly #finds: Finds;
  readonly #server: Server;
  readonly #turnedAway: TurnedAway;
  #draining = false;
  #port = 0;
  // How many there have been.
  #connections = 0;

  private constructor(options: ServiceOptions) {
    const { fleet, logger, limits = defaultLimits, clients = defaultClientLimits, metrics = new Metrics() } = options;
    const cache = options.cache === undefined ? undefined : new ServedCache(options.cache);
    this.#requests = new OpenRequests((status) => metrics.responded(status));
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
    const turnedAway = new TurnedAway(logger, metrics);
    const door = new Door({ limit: new AdaptiveLimit(pace), finds, turnedAway, metrics });
    this.#turnedAway = turnedAway;
    this.#server = createServer(
      { ...clients, connectionsCheckingInterval: clients.checkInterval },
      (request, response) => {
        this.#requests.add(response);
        if (door.admit(request, response)) app(request, response);
      },
    ).setTimeout(clients.idleTimeout);
    this.#server.on("connection", () => this.#connections++);
    this.#server.on("clientError", (error, socket) => {
      // What is written into an answer that has begun would be a part of it.
      if (socket.writable && !this.#requests.isAnswering(socket)) answerUnreadable(error, socket, clients);
      else socket.destroy();
    });
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
   * Takes no more connections, lets requests end that run, and cancels what still runs after `limit` milliseconds or when `hurry` is done. Who uses
   * a connection that is open is answered, and told that it is the last time.
   */
  async close(limit: number, hurry: Context = background()): Promise<void> {
    const closed = once(this.#server, "close");
    this.#draining = true;
    using patience = withTimeout(hurry, limit);
    await this.#acceptConnected(patience);
    // Only the port: an HTTP server's own `close` cuts off kept connections, and what is just arriving on them.
    NetServer.prototype.close.call(this.#server);
    // Not before: who is told so connects anew, and must find the port closed, not closing.
    this.#requests.makeLast();
    using goodbye = withTimeout(patience, farewell);
    await Promise.race([closed, goodbye.done.recv()]);
    if (!(await this.#requests.ended(patience))) {
      this.#ctx.cancel(new ShutdownError());
      using rest = withTimeout(background(), lastCall);
      await this.#requests.ended(rest);
    }
    // What has arrived is read, and answered.
    await polled();
    this.#server.closeAllConnections();
    await closed;
    this.#turnedAway.tell();
    // For its own housekeeping, which nothing else ends.
    this.#server.close();
  }

  // Who has connected is let in, though we may not know of it yet: in a turn of the event loop one connection is accepted, and closing the port
  // breaks those that wait.
  async #acceptConnected(parent: Context): Promise<void> {
    using ctx = withTimeout(parent, lastCall);
    for (let before = -1; this.#connections > before && ctx.err === undefined; ) {
      before = this.#connections;
      await polled();
    }
  }
}

/** The event loop has looked for what has come in since the call: the first turn may end before it does. */
async function polled(): Promise<void> {
  await turn();
  await turn();
}
