import { runtime } from "@conc/internal";
import type { Run } from "./run.ts";

/** The run that goes on, of this copy of the package or another; `undefined` outside of explore, replay and virtualTime. */
export function currentRun(): Run | undefined {
  const controller = runtime.controller as Partial<Run> | null;
  return typeof controller?.settled === "function" ? (controller as Run) : undefined;
}
