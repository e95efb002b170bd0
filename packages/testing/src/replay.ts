import { checkFunction } from "@conc/internal";
import { notASchedule } from "./environment.ts";
import type { RunSettings } from "./explore-options.ts";
import { Explorer } from "./explorer.ts";
import { parseSchedule } from "./schedule.ts";
import { Session } from "./session.ts";
import { runSettings } from "./settings.ts";
import { printSteps } from "./steps-report.ts";
import { Recorded } from "./strategies/recorded.ts";

/** One schedule that was run again and did not fail. */
export interface Replay {
  /** What the body gave. */
  readonly value: unknown;
  /** The steps, a line each, the same each time. */
  readonly trace: readonly string[];
  /** False: the program asked for other choices than the schedule has, so it is not the one that the schedule was made with. */
  readonly exact: boolean;
}

/**
 * Runs `body` once, under one schedule: one that a report printed, shrunk (`schedule-...`) or as it was found (`pct-...`,
 * `random-...`), or the random walk of a number. The same steps in the same order, every time and on every machine.
 *
 * `settings` are those that were given to {@link explore}.
 *
 * @throws (rejects with) {@link ExplorationError} if it fails, with the steps; RangeError if `schedule` is none
 */
export async function replay(
  schedule: string | number,
  body: () => unknown,
  settings: RunSettings = {},
): Promise<Replay> {
  checkFunction("body", body);
  const parsed = parseSchedule(String(schedule));
  if (parsed === undefined) throw notASchedule("schedule", schedule);
  const { strategy, anyOrder } = parsed;
  const options = { ...runSettings(settings), anyOrder };
  const session = Session.open();
  try {
    const explorer = new Explorer(session, body, options);
    const run = await explorer.once(strategy, { trace: true, sites: true });
    if (run.failure !== undefined) throw explorer.tell(run.failure, run, run, undefined);
    const exact = !(strategy instanceof Recorded) || strategy.exact;
    return { value: run.value, trace: printSteps(run.trace), exact };
  } finally {
    session.close();
  }
}
