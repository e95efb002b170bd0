import { runtime } from "@conc/internal";
import { watch } from "@conc/internal/testkit";
import fc from "fast-check";
import type * as Package from "../../src/index.ts";
import type { Program } from "./program.ts";
import { run } from "./run.ts";

const seed = Number(process.env["CONC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env["CONC_MODEL_RUNS"] ?? 4_000);

/** Runs random programs; gives the smallest one that goes wrong, in words. */
export async function wrong(
  programs: fc.Arbitrary<Program>,
  packages: readonly (typeof Package)[],
): Promise<string | undefined> {
  console.log(`${numRuns} random programs, CONC_SEED=${seed}`);
  const watched = watch();
  const { budget } = runtime.turn;
  // Each step is looked at when its microtasks have run, so none may be put off to the next turn.
  runtime.turn.budget = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(programs, async (one) => {
    const difference = await run(one, packages, watched);
    if (difference !== undefined) throw new Error(`${difference}\n${JSON.stringify(one)}`);
  });
  const result = await fc.check(property, { seed, numRuns });
  runtime.turn.budget = budget;
  watched.stop();
  return result.failed ? `${fc.defaultReportMessage(result)}\n${String(result.errorInstance)}` : undefined;
}
