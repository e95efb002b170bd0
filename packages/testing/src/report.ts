import type { Exploration } from "./exploration.ts";
import type { Failure } from "./failure.ts";
import type { RunResult } from "./run-options.ts";
import { printSteps } from "./steps-report.ts";

/** A failed schedule, for the one who has to understand it. */
export function report(
  { failure, run, found }: { failure: Failure; run: RunResult; found: RunResult },
  how: { schedule: string; seed: string | undefined; exploration: Exploration | undefined },
): string {
  const { exploration } = how;
  const number = exploration === undefined ? "the schedule" : `schedule ${exploration.schedules} of this exploration`;
  const shrunk = run.steps < found.steps ? `, shrunk from ${found.steps}` : "";
  const lines = [
    `${number} failed${how.seed === undefined ? "" : ` (seed ${how.seed})`}: ${verdict(failure)}`,
    "",
    `Its ${run.steps} steps${shrunk}:`,
    ...printSteps(run.trace).map((line) => `  ${line}`),
    ...section("When it failed", run.standing),
    "",
    "Run it again:",
    `  await replay("${how.schedule}", body)`,
    "or with CONC_SEED in the environment, and the name of this test alone:",
    `  CONC_SEED=${how.schedule}`,
  ];
  if (exploration !== undefined && exploration.schedules > 1)
    lines.push("", `Explored so far: ${exploration.toString()}`);
  if (run.fromOutside > 0) {
    lines.push(
      "",
      "Something came from outside (fetch, files, setTimeout), one step each: a replay is exact as far as that comes in the same order.",
    );
  }
  lines.push(
    "",
    "An exploration shows orders of events that today's microtask queue might not produce, but other timings of I/O can: each is allowed.",
  );
  return lines.join("\n");
}

function section(title: string, list: readonly string[]): string[] {
  return list.length === 0 ? [] : ["", `${title}:`, ...list.map((line) => `  ${line}`)];
}

function verdict({ kind, error }: Failure): string {
  if (kind === "unhandled") return `nobody handled ${String(error)}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
}
