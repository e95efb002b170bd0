import { go } from "@conc/sync";
import { expect, it } from "vitest";
import { explore, IncompleteError } from "../src/index.ts";

// A hundred thousand schedules: in a page they would take a minute.
it("an exhaustive exploration that hits a bound which nobody set fails", { timeout: 60_000 }, async () => {
  const many = async () => {
    await Promise.all(Array.from({ length: 9 }, () => go(() => {})));
  };
  await expect(explore(many, { strategy: "exhaustive" })).rejects.toThrow(IncompleteError);
});
