import { runtime } from "@conc/internal";
import { watch } from "@conc/internal/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { program } from "./model/program.ts";
import { run } from "./model/run.ts";

const seed = Number(process.env["CONC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env["CONC_MODEL_RUNS"] ?? 120_000);

it("random programs of sends, receives, selects, closes and cancels do what the specification says", async () => {
  console.log(`${numRuns} random programs, CONC_SEED=${seed}`);
  const watched = watch();
  const { budget } = runtime.turn;
  // Each step is looked at when its microtasks have run, so none may be put off to the next turn.
  runtime.turn.budget = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(program, async (one) => {
    const difference = await run(one, watched);
    if (difference !== undefined) throw new Error(`${difference}\n${JSON.stringify(one)}`);
  });
  const result = await fc.check(property, { seed, numRuns });
  runtime.turn.budget = budget;
  watched.stop();
  expect(fc.defaultReportMessage(result)).toBeUndefined();
}, 300_000);
