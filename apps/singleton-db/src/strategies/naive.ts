import type { Connect, Database, GetDatabase } from "../database.ts";

/** Check, connect, assign. Everybody who comes while the first one connects finds nothing yet, and connects too. */
export function naive(connect: Connect): GetDatabase {
  let database: Database | undefined;

  return async function getDatabase() {
    if (database === undefined) {
      database = await connect();
    }
    return database;
  };
}
