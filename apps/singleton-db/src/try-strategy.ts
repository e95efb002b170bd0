import type { Database, GetDatabase } from "./database.ts";
import { race } from "./race.ts";
import type { Server } from "./server.ts";
import type { Strategy } from "./strategies.ts";

/** What became of one strategy. */
export interface Report {
  readonly strategy: Strategy["name"];
  /** The processes that the server started for it. */
  readonly backends: readonly number[];
  /** The different databases that the tasks got. */
  readonly ids: readonly number[];
  /** How often it connected, failures included. */
  readonly connects: number;
  /** Milliseconds until every task had its database. */
  readonly ms: number;
  /** Microseconds that a call takes later on, when THE database has long been there. */
  readonly laterCallMicros: number;
}

export interface Trial {
  readonly tasks: number;
  readonly log: (line: string) => void;
}

/** Runs the race of one strategy on the server, asks the server what it saw, and closes all that was opened. */
export async function tryStrategy(strategy: Strategy, server: Server, { tasks, log }: Trial): Promise<Report> {
  const applicationName = server.applicationName(strategy.name);
  const opened: Database[] = [];
  let failNext = strategy.firstFails;

  async function connect(): Promise<Database> {
    const fail = failNext;
    failNext = false;
    const database = await (fail ? server.failToConnect(applicationName) : server.connect(applicationName));
    opened.push(database);
    return database;
  }

  try {
    const begin = performance.now();
    const { databases, connects, getDatabase } = await race({ strategy, tasks, connect, log });
    const ms = performance.now() - begin;
    return {
      strategy: strategy.name,
      backends: await server.backends(applicationName),
      ids: [...new Set(databases.map(({ id }) => id))],
      connects,
      ms,
      laterCallMicros: await timeLaterCalls(getDatabase),
    };
  } finally {
    await Promise.all(opened.map((database) => database.close()));
  }
}

// The best of a few rounds: what the call costs, not what else the machine does.
async function timeLaterCalls(getDatabase: GetDatabase): Promise<number> {
  const calls = 10_000;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8; round++) {
    const begin = performance.now();
    for (let call = 0; call < calls; call++) await getDatabase();
    best = Math.min(best, performance.now() - begin);
  }
  return (best * 1000) / calls;
}
