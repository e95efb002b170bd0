import { Mutex } from "@conc/sync";
import type { Connect, Database, GetDatabase } from "../database.ts";

/**
 * The lock only inside the check, to spare the later calls. Broken: who waited for the lock does not look again, and connects too,
 * one after the other.
 */
export function doubleCheck(connect: Connect): GetDatabase {
  const mu = new Mutex();
  let database: Database | undefined;

  return async function getDatabase() {
    if (database === undefined) {
      using _ = await mu.lock();
      database = await connect();
    }
    return database;
  };
}
