import { createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import { background, withCancel } from "@conc/context";
import type { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedServer, startEmbeddedServer } from "../src/embedded-server.ts";
import { connectClient } from "../src/postgres.ts";
import { Server } from "../src/server.ts";
import { strategies } from "../src/strategies.ts";
import { tryStrategy } from "../src/try-strategy.ts";

let own: EmbeddedServer;
let admin: Client;

beforeAll(async () => {
  own = await startEmbeddedServer(30, background());
  admin = await connectClient(own.config, background());
});

afterAll(async () => {
  await admin?.end();
  await own?.stop();
});

function url({ user = own.config.user, password = own.config.password, database = "postgres" } = {}): string {
  return `postgres://${user}:${String(password)}@127.0.0.1:${own.config.port}/${database}`;
}

async function count(sql: string): Promise<number> {
  const { rows } = await admin.query<{ count: string }>(`select count(*) from ${sql}`);
  return Number(rows[0]?.count);
}

describe("what the server says of each strategy", () => {
  const expected = { naive: 4, mutex: 1, "double-check": 4, once: 1, "once-retry": 1 };

  it.each(strategies)("$name", async (strategy) => {
    const server = await Server.open({ url: url(), connections: 4 }, background());
    const report = await tryStrategy(strategy, server, { tasks: 4, log: () => {} });
    await server.close();
    expect(report.backends).toHaveLength(expected[strategy.name]);
    expect(new Set(report.backends)).toEqual(new Set(report.ids));
  });
});

describe("on a server of the user's", () => {
  it("needs no more than its own connections: one for each task, one to observe", async () => {
    await admin.query("create role guest login password 'welcome' connection limit 4");
    const server = await Server.open(
      { url: url({ user: "guest", password: "welcome" }), connections: 3 },
      background(),
    );
    for (const strategy of strategies) {
      await expect(tryStrategy(strategy, server, { tasks: 3, log: () => {} })).resolves.toBeDefined();
    }
    await server.close();
    await admin.query("drop role guest");
  });

  it("leaves no table and no connection behind", async () => {
    const tables = await count("pg_class");
    const server = await Server.open({ url: url(), connections: 3 }, background());
    for (const strategy of strategies) await tryStrategy(strategy, server, { tasks: 3, log: () => {} });
    await server.close();
    expect(await count("pg_class")).toBe(tables);
    expect(await count("pg_stat_activity where application_name like 'singleton-db%'")).toBe(0);
  });

  it("closes what was opened when a task gets no connection", async () => {
    await admin.query("create role cramped login password 'welcome' connection limit 3");
    const server = await Server.open(
      { url: url({ user: "cramped", password: "welcome" }), connections: 3 },
      background(),
    );
    const [naive] = strategies;
    const trial = tryStrategy(naive as (typeof strategies)[0], server, { tasks: 3, log: () => {} });
    const failure: Error = await trial.then(
      () => new Error("expected a failure"),
      (error) => error,
    );
    // The server counts those too that it is about to refuse: of three that come at once it refuses one, or more.
    const failures: Error[] = failure instanceof AggregateError ? failure.errors : [failure];
    for (const { message } of failures) expect(message).toContain("too many connections");
    expect(await count("pg_stat_activity where application_name like 'singleton-db naive%'")).toBe(0);
    await server.close();
    await admin.query("drop role cramped");
  });

  it("says what is wrong in one line, and never the password", async () => {
    const refused = Server.open({ url: url({ password: "s3cret" }), connections: 1 }, background());
    await expect(refused).rejects.toThrow(
      `cannot connect to the database at 127.0.0.1:${own.config.port}/postgres: password authentication failed for user "postgres"`,
    );
    const missing = Server.open({ url: url({ database: "nowhere" }), connections: 1 }, background());
    await expect(missing).rejects.toThrow('database "nowhere" does not exist');
    const notOne = Server.open({ url: "mysql://root:s3cret@localhost/", connections: 1 }, background());
    await expect(notOne).rejects.toThrow(
      /^DATABASE_URL: expected a URL like postgres:\/\/user:password@localhost:5432\/database$/,
    );
    const noPort = Server.open({ url: "postgres://root:s3cret@localhost:port/", connections: 1 }, background());
    await expect(noPort).rejects.toThrow(/^DATABASE_URL: expected a URL [^\n]* \(Invalid URL\)$/);
  });
});

describe("a cancel", () => {
  it("ends the wait for a server that accepts and says nothing", async () => {
    const silent = createServer();
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const accepted = once(silent, "connection") as Promise<[Socket]>;
    using ctx = withCancel(background());
    const { port } = silent.address() as AddressInfo;
    const opening = Server.open({ url: `postgres://u:p@127.0.0.1:${port}/x`, connections: 1 }, ctx);
    const hungUp = accepted.then(([socket]) => {
      socket.resume();
      ctx.cancel();
      return once(socket, "close");
    });
    await Promise.all([expect(opening).rejects.toMatchObject({ name: "AbortError" }), hungUp]);
    silent.close();
  });
});
