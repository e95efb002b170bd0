import { Mutex } from "@conc/sync";
import type { Connect, Database, GetDatabase } from "../database.ts";

/** The whole of it under a lock: right, but every call takes the lock, for ever after. */
export function mutex(connect: Connect): GetDatabase {
  const mu = new Mutex();
  let database: Database | undefined;

  return async function getDatabase() {
    using _ = await mu.lock();
    if (database === undefined) {
      database = await connect();
    }
    return database;
  };
}
