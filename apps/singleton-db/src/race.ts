import { WaitGroup } from "@conc/sync";
import type { Connect, Database, GetDatabase } from "./database.ts";
import type { Strategy } from "./strategies.ts";

export interface Race {
  readonly strategy: Strategy;
  /** How many tasks ask for THE database. */
  readonly tasks: number;
  readonly connect: Connect;
  /** What a task does before it asks; by default it asks at once. */
  readonly arrive?: (task: number) => Promise<void>;
  readonly log: (line: string) => void;
}

export interface RaceResult {
  /** What each task got, in the order they got it. */
  readonly databases: readonly Database[];
  /** How often the strategy connected, failures included. */
  readonly connects: number;
  /** The strategy's function, for later calls. */
  readonly getDatabase: GetDatabase;
}

/** Lets several tasks ask for THE database side by side. Rejects, when all have ended, if one got none. */
export async function race({ strategy, tasks, connect, arrive, log }: Race): Promise<RaceResult> {
  const databases: Database[] = [];
  let connects = 0;
  const getDatabase = strategy.open(() => {
    connects += 1;
    log("connecting to database");
    return connect();
  });

  async function ask(): Promise<Database> {
    if (!strategy.firstFails) return getDatabase();
    try {
      return await getDatabase();
    } catch (error) {
      log(`no database connection: ${(error as Error).message}; asking again`);
      return getDatabase();
    }
  }

  const group = new WaitGroup();
  for (let task = 1; task <= tasks; task++) {
    group.go(async () => {
      await arrive?.(task);
      const database = await ask();
      log(`got database connection! database=${database.id}`);
      databases.push(database);
    });
  }
  await group.wait();
  return { databases, connects, getDatabase };
}
