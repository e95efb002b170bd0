import type { Failure } from "../../src/failure.ts";
import type { RunOptions } from "../../src/run-options.ts";
import { Session } from "../../src/session.ts";
import type { Search } from "../../src/search.ts";

const defaults: RunOptions = { maxSteps: 10_000, anyOrder: false, leaks: true, trace: false, sites: false };

/** Runs schedules until one fails; which one it was, counted from 1, and how. Without the shrinking and the report of `explore`. */
export async function firstFailure(
  body: () => unknown,
  search: Search,
): Promise<{ schedules: number; failure: Failure | undefined }> {
  const session = Session.open();
  try {
    let schedules = 0;
    for (let attempt = search.next(); attempt !== undefined; attempt = search.next()) {
      schedules++;
      const result = await session.run(body, attempt.strategy, { ...defaults, trace: search.needsTrace });
      if (result.failure !== undefined) return { schedules, failure: result.failure };
      search.learn(result);
    }
    return { schedules, failure: undefined };
  } finally {
    session.close();
  }
}
