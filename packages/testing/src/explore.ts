import { checkFunction, runtime } from "@conc/internal";
import { fromEnvironment } from "./environment.ts";
import { Exploration } from "./exploration.ts";
import type { ExploreOptions } from "./explore-options.ts";
import { Explorer } from "./explorer.ts";
import { IncompleteError } from "./incomplete-error.ts";
import { searchFor } from "./search-for.ts";
import { Session } from "./session.ts";
import { exploreSettings, runSettings } from "./settings.ts";
import { OneSchedule } from "./strategies/one-schedule.ts";

/**
 * Runs `body` again and again, each time in another order of events: whatever can go on at a moment (a call that is decided, a task
 * that was started, a timer that is due), the strategy says which of it does. Time is virtual: see {@link virtualTime}.
 *
 * Everything the tasks share has to be made inside `body`: it runs many times. A schedule fails when `body` throws (an assertion, say),
 * when a task's error is handled by nobody, when all tasks wait for each other, when there is no end of steps, and when the
 * body has ended and something still waits that nothing can end.
 *
 * With CONC_SEED in the environment it uses that seed, or runs that one schedule.
 *
 * @returns what was seen, once no schedule failed
 * @throws (rejects with) {@link ExplorationError}, with the shortest schedule found that fails and how to run it again;
 * {@link IncompleteError} if exhaustive or dpor did not come to the end
 *
 * @example
 * ```ts
 * import { Chan } from "@conc/chan";
 * import { WaitGroup } from "@conc/sync";
 * import { explore } from "@conc/testing";
 *
 * const seen = await explore(
 *   async () => {
 *     const ch = new Chan<string>(2);
 *     const wg = new WaitGroup();
 *     wg.go(() => ch.send("a"));
 *     wg.go(() => ch.send("b"));
 *     await wg.wait();
 *     return `${(await ch.recv()).value} first`;
 *   },
 *   { strategy: "exhaustive" },
 * );
 * console.log([...seen.outcomes.keys()].sort()); // => [ 'a first', 'b first' ]
 * ```
 */
export async function explore(body: () => unknown, options: ExploreOptions = {}): Promise<Exploration> {
  checkFunction("body", body);
  const { strategy, schedules, anyOrder, systematic } = exploreSettings(options);
  const settings = runSettings(options);
  const wanted = fromEnvironment();
  const session = Session.open();
  try {
    if (wanted !== undefined && "schedule" in wanted) {
      const { schedule, text } = wanted;
      const explorer = new Explorer(session, body, { ...settings, anyOrder: schedule.anyOrder });
      return await explorer.run(new OneSchedule(schedule.strategy, text), new Exploration(strategy, undefined), {
        limit: 1,
      });
    }
    const seed = systematic ? undefined : (options.seed ?? wanted?.seed ?? runtime.choose(2 ** 31));
    const search = searchFor(strategy, seed ?? 0, schedules);
    const explorer = new Explorer(session, body, { ...settings, anyOrder });
    const exploration = await explorer.run(search, new Exploration(strategy, seed), { limit: schedules });
    if (systematic && !exploration.complete && options.schedules === undefined) throw new IncompleteError(exploration);
    return exploration;
  } finally {
    session.close();
  }
}
