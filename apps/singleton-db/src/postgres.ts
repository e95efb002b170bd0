import { Socket } from "node:net";
import { afterFunc, type Context } from "@conc/context";
import { Client, type ClientConfig } from "pg";
import type { Database } from "./database.ts";

/** How long a server may take to answer: one that says nothing at all must not keep the demo waiting for ever. */
const connectionTimeoutMillis = 10_000;

/**
 * An open client of the `pg` driver. It does not outlive `ctx`: a cancel ends the connecting, and every query, at once.
 */
export async function connectClient(config: ClientConfig, ctx: Context): Promise<Client> {
  const socket = new Socket();
  const client = new Client({ connectionTimeoutMillis, ...config, stream: () => socket });
  // A connection that breaks while nothing is asked of it: the next query tells.
  client.on("error", () => {});
  const stop = afterFunc(ctx, () => socket.destroy());
  client.once("end", stop);
  try {
    await client.connect();
  } catch (error) {
    stop();
    socket.destroy();
    throw error;
  }
  return client;
}

/** A connection as the demo shows it: its id is the server's own, the number of the process that serves it. */
export async function connectDatabase(config: ClientConfig, ctx: Context): Promise<Database> {
  const client = await connectClient(config, ctx);
  try {
    const { rows } = await client.query<{ id: number }>("select pg_backend_pid() as id");
    return { id: rows[0]?.id as number, close: () => client.end() };
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** The processes that serve connections of that application name, oldest first, as the server has them. */
export async function backendsOf(observer: Client, applicationName: string): Promise<number[]> {
  const { rows } = await observer.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = $1 order by backend_start, pid",
    [applicationName],
  );
  return rows.map(({ pid }) => pid);
}

export async function versionOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  return rows[0]?.server_version as string;
}
