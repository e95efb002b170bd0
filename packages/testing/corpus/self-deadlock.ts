import { KeyedMutex } from "@conc/sync";
import { all, type Program } from "./program.ts";

const transfers = [
  ["alice", "bob"],
  ["bob", "bob"],
] as const;

/** A transfer from an account to itself takes its lock twice. */
export const selfDeadlock: Program = {
  name: "self-deadlock",
  kind: "deadlock",
  buggy: () => {
    const accounts = new KeyedMutex<string>();
    return all(
      ...transfers.map(([from, to]) => async () => {
        const source = await accounts.lock(from);
        const target = await accounts.lock(to);
        target.unlock();
        source.unlock();
      }),
    );
  },
  correct: () => {
    const accounts = new KeyedMutex<string>();
    return all(
      ...transfers.map((keys) => async () => {
        const held = await accounts.lockAll(keys);
        held.unlock();
      }),
    );
  },
};
