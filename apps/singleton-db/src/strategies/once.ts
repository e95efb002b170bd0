import { onceValue } from "@conc/sync";
import type { Connect, GetDatabase } from "../database.ts";

/** Whoever comes first connects, all others wait for that one connection. A failure is kept too. */
export function once(connect: Connect): GetDatabase {
  const getDatabase = onceValue(connect);

  return () => getDatabase();
}
