import { KeyedMutex } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, check, type Program } from "./program.ts";

async function register(guard: <R>(key: string, fn: () => Promise<R>) => Promise<R>): Promise<void> {
  const rows = new Map<string, string>();
  let created = 0;
  const storeIfNotExists = async (user: string): Promise<void> => {
    await interleave(); // SELECT
    if (rows.has("alice")) return;
    await interleave(); // INSERT
    rows.set("alice", user);
    created++;
  };
  await all(
    () => guard("alice", () => storeIfNotExists("first")),
    () => guard("alice", () => storeIfNotExists("second")),
  );
  check(created === 1, `stored ${created} times`);
}

/** Look, await, insert: both callers see that nothing is there. */
export const storeIfNotExists: Program = {
  name: "store if not exists",
  kind: "error",
  buggy: () => register((_, fn) => fn()),
  correct: () => {
    const mu = new KeyedMutex<string>();
    return register((key, fn) => mu.runExclusive(key, fn));
  },
};
