import { onceValue } from "@conc/sync";
import type { Connect, GetDatabase } from "../database.ts";

/** As `once`, but a failure is told only to those who waited for it: the next caller connects anew. */
export function onceRetry(connect: Connect): GetDatabase {
  const getDatabase = onceValue(connect, { retry: true });

  return () => getDatabase();
}
