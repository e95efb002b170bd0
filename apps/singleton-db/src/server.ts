import { randomBytes } from "node:crypto";
import type { Context } from "@conc/context";
import type { Client, ClientConfig } from "pg";
import type { Database } from "./database.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { startEmbeddedServer } from "./embedded-server.ts";
import { Failure, reasonOf } from "./failure.ts";
import { backendsOf, connectClient, connectDatabase, versionOf } from "./postgres.ts";

export interface ServerOptions {
  /** The user's own server; without one, a server is started for the run. */
  readonly url: string | undefined;
  /** How many connections the demo needs at most, beside the one that observes. */
  readonly connections: number;
}

/** The server that the strategies connect to, with one connection of ours that sees what goes on there. */
export class Server {
  /** What and where it is, in words. */
  readonly description: string;
  readonly #config: ClientConfig;
  readonly #observer: Client;
  readonly #ctx: Context;
  readonly #run = randomBytes(3).toString("hex");
  readonly #dispose: () => Promise<void>;

  private constructor(
    description: string,
    config: ClientConfig,
    observer: Client,
    ctx: Context,
    dispose: () => Promise<void>,
  ) {
    this.description = description;
    this.#config = config;
    this.#observer = observer;
    this.#ctx = ctx;
    this.#dispose = dispose;
  }

  static async open({ url, connections }: ServerOptions, ctx: Context): Promise<Server> {
    if (url !== undefined) {
      const config = parseDatabaseUrl(url);
      return Server.#observe(config, "it is yours, by DATABASE_URL", ctx, async () => {});
    }
    // One for the observer, and those that PostgreSQL keeps for superusers.
    const embedded = await startEmbeddedServer(connections + 10, ctx);
    try {
      return await Server.#observe(embedded.config, `its data is in ${embedded.directory} until the end`, ctx, () =>
        embedded.stop(),
      );
    } catch (error) {
      await embedded.stop();
      throw error;
    }
  }

  static async #observe(
    config: ClientConfig,
    remark: string,
    ctx: Context,
    dispose: () => Promise<void>,
  ): Promise<Server> {
    const observer = await connectClient({ ...config, application_name: "singleton-db observer" }, ctx).catch(
      (error: unknown) => {
        if (ctx.err !== undefined) throw ctx.err;
        throw new Failure(`cannot connect to the database at ${addressOf(config)}: ${reasonOf(error)}`);
      },
    );
    const version = await versionOf(observer);
    return new Server(`PostgreSQL ${version} on ${addressOf(config)}; ${remark}`, config, observer, ctx, dispose);
  }

  /** What the server knows a strategy's connections by: names of this run only, so that two runs never mix. */
  applicationName(strategy: string): string {
    return `singleton-db ${strategy} ${this.#run}`;
  }

  connect(applicationName: string): Promise<Database> {
    return connectDatabase({ ...this.#config, application_name: applicationName }, this.#ctx);
  }

  /** Asks for a database that is not there, so that the server itself refuses. */
  failToConnect(applicationName: string): Promise<Database> {
    const config = { ...this.#config, application_name: applicationName, database: "not_there_yet" };
    return connectDatabase(config, this.#ctx);
  }

  /** The processes that serve connections of that name now, oldest first. */
  backends(applicationName: string): Promise<number[]> {
    return backendsOf(this.#observer, applicationName);
  }

  /** Ends our connection, and the server if it was started for this run. */
  async close(): Promise<void> {
    await this.#observer.end();
    await this.#dispose();
  }
}

function addressOf({ host, port = 5432, database }: ClientConfig): string {
  return `${host || "localhost"}:${port}${database ? `/${database}` : ""}`;
}
