import type { Exploration } from "./exploration.ts";
import { ExplorationError } from "./exploration-error.ts";
import type { Failure } from "./failure.ts";
import { NondeterminismError } from "./nondeterminism-error.ts";
import { report } from "./report.ts";
import type { RunOptions, RunResult } from "./run-options.ts";
import { printChoices, printSeed } from "./schedule.ts";
import type { Search } from "./search.ts";
import { Session } from "./session.ts";
import { shrink } from "./shrink.ts";
import { Recorded } from "./strategies/recorded.ts";
import type { Strategy } from "./strategy.ts";

export type Settings = Pick<RunOptions, "maxSteps" | "anyOrder" | "leaks">;

interface Bounds {
  readonly limit: number;
  readonly goOn?: boolean;
}

/** Runs one body under many schedules. */
export class Explorer {
  readonly #session: Session;
  readonly #body: () => unknown;
  readonly #settings: Settings;

  constructor(session: Session, body: () => unknown, settings: Settings) {
    this.#session = session;
    this.#body = body;
    this.#settings = settings;
  }

  /** Runs the schedules of `search`, at most `limit`. A failure ends it, unless `goOn`: then it is an outcome like others. */
  async run(search: Search, exploration: Exploration, { limit, goOn = false }: Bounds): Promise<Exploration> {
    for (let attempt = search.next(); attempt !== undefined; attempt = search.next()) {
      if (exploration.schedules === limit) return exploration;
      const result = await this.once(attempt.strategy, { trace: search.needsTrace, sites: false });
      exploration.add(result);
      const { failure } = result;
      if (failure !== undefined && !goOn) throw await this.explain(failure, result, attempt.seed, exploration);
      search.learn(result);
      exploration.covered = search.covered();
    }
    exploration.complete = exploration.covered === 1;
    return exploration;
  }

  /** Runs one schedule. */
  async once(strategy: Strategy, keep: Pick<RunOptions, "trace" | "sites">): Promise<RunResult> {
    const result = await this.#session.run(this.#body, strategy, { ...this.#settings, ...keep });
    if (result.failure?.error instanceof NondeterminismError) throw result.failure.error;
    return result;
  }

  /** The error for a run that failed: shrinks it, and runs the result once more to tell it step by step. */
  async explain(
    failure: Failure,
    found: RunResult,
    seed: string | undefined,
    exploration: Exploration,
  ): Promise<ExplorationError> {
    const without = { trace: false, sites: false };
    const choices = await shrink({ choices: found.choices, failure }, (list) => this.once(new Recorded(list), without));
    const run = await this.once(new Recorded(choices), { trace: true, sites: true });
    // Only what comes from outside can make this last run another one than the one before.
    return this.tell(run.failure ?? failure, run, found, { seed, exploration });
  }

  /** The error for `run`, which failed and is what became of the schedule that was `found`. */
  tell(
    failure: Failure,
    run: RunResult,
    found: RunResult,
    by?: { seed: string | undefined; exploration: Exploration },
  ): ExplorationError {
    const { anyOrder } = this.#settings;
    const how = {
      schedule: printChoices(run.choices, anyOrder),
      seed: by?.seed === undefined ? undefined : printSeed(by.seed, anyOrder),
      exploration: by?.exploration,
    };
    return new ExplorationError(report({ failure, run, found }, how), failure, how);
  }
}
