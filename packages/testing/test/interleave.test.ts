import { go } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { explore, interleave } from "../src/index.ts";

describe("interleave", () => {
  it("resolves at once outside of an exploration", async () => {
    expect(await interleave()).toBeUndefined();
  });

  it("is a place at which another task may go first", async () => {
    const { outcomes } = await explore(
      async () => {
        const log: string[] = [];
        await Promise.all(
          ["a", "b"].map((name) =>
            go(async () => {
              log.push(name);
              await interleave();
              log.push(name);
            }),
          ),
        );
        return log.join("");
      },
      { strategy: "exhaustive" },
    );
    expect([...outcomes.keys()].sort()).toEqual(["aabb", "abab", "abba", "baab", "baba", "bbaa"]);
  });
});
