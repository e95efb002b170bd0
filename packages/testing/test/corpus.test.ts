import { describe, expect, it } from "vitest";
import { abba } from "../corpus/abba.ts";
import { counterProgram } from "../corpus/counter.ts";
import { doubleConnect } from "../corpus/double-connect.ts";
import { programs } from "../corpus/programs.ts";
import { explore } from "../src/index.ts";
import { SeededSearch } from "../src/strategies/seeded-search.ts";
import { firstFailure } from "./support/first-failure.ts";

const seeds = Number(process.env["CONC_CORPUS_SEEDS"] ?? 100);
const schedules = 1000;

describe.each(programs.map((program) => [program.name, program] as const))("%s", (_, { kind, buggy, correct }) => {
  it(`is found by the default strategy within ${schedules} schedules, from ${seeds} seeds of ${seeds}`, async () => {
    for (let seed = 0; seed < seeds; seed++) {
      const { failure } = await firstFailure(buggy, new SeededSearch("mix", seed, schedules));
      expect({ seed, kind: failure?.kind }).toEqual({ seed, kind });
    }
  });

  it("never fails when it is written correctly", async () => {
    const seen = [
      await explore(correct, { seed: 1, schedules }),
      await explore(correct, { seed: 2, schedules, timers: "any-order" }),
    ];
    expect(seen.map((exploration) => exploration.schedules)).toEqual([schedules, schedules]);
  });
});

describe("a proof", () => {
  it.each([counterProgram, doubleConnect, abba])(
    "that $name is correct is found by exhaustive, and by dpor in fewer",
    async ({ correct }) => {
      const all = await explore(correct, { strategy: "exhaustive" });
      const few = await explore(correct, { strategy: "dpor" });
      expect([all.complete, few.complete]).toEqual([true, true]);
      expect(few.schedules).toBeLessThanOrEqual(all.schedules);
    },
  );

  it("is refused by both for the buggy ones", async () => {
    for (const { buggy, kind } of [counterProgram, doubleConnect, abba]) {
      await expect(explore(buggy, { strategy: "exhaustive" })).rejects.toMatchObject({ kind });
    }
    // Its tasks share nothing but the locks, so dpor sees all that matters.
    await expect(explore(abba.buggy, { strategy: "dpor" })).rejects.toMatchObject({ kind: "deadlock" });
  });
});
