import { onceValue } from "@conc/sync";
import { interleave } from "../src/index.ts";
import { all, check, type Program } from "./program.ts";

interface Database {
  readonly connected: true;
}

async function program(makeGetDatabase: (connect: () => Promise<Database>) => () => Promise<Database>): Promise<void> {
  let connects = 0;
  const getDatabase = makeGetDatabase(async () => {
    connects++;
    await interleave();
    return { connected: true };
  });
  await all(getDatabase, getDatabase);
  check(connects === 1, `connected ${connects} times`);
}

/** The lazy singleton, whose second caller comes while the first one connects. */
export const doubleConnect: Program = {
  name: "singleton: double connect",
  kind: "error",
  buggy: () =>
    program((connect) => {
      let db: Database | undefined;
      return async () => {
        db ??= await connect();
        return db;
      };
    }),
  correct: () => program((connect) => onceValue(connect)),
};
