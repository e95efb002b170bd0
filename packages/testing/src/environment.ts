import { describe } from "@conc/internal";
import { parseSchedule, type Schedule } from "./schedule.ts";

/** What CONC_SEED asks for: a seed for every exploration, or one schedule; `undefined` if it is not set. */
export function fromEnvironment():
  | { readonly seed: number }
  | { readonly text: string; readonly schedule: Schedule }
  | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const text = process?.env?.["CONC_SEED"];
  if (text === undefined || text === "") return undefined;
  if (/^\d+$/.test(text)) return { seed: Number(text) };
  const schedule = parseSchedule(text);
  if (schedule === undefined) throw notASchedule("CONC_SEED", text);
  return { text, schedule };
}

/** What is thrown for something that names no schedule. */
export function notASchedule(name: string, got: unknown): RangeError {
  return new RangeError(
    `${name}: expected a number, or a schedule or seed as a report prints it, such as "schedule-01" or "pct-2-14-7", got ${describe(got)}`,
  );
}
