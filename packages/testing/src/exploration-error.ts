import type { Exploration } from "./exploration.ts";
import type { Failure } from "./failure.ts";

/**
 * A schedule was found in which the program fails. The message shows it step by step and says how to run it again; `cause` is what the
 * program failed with.
 */
export class ExplorationError extends Error {
  override readonly name = "ExplorationError";
  readonly code = "ERR_SCHEDULE_FAILED";
  readonly kind: Failure["kind"];
  /** The shrunk schedule, for {@link replay}, or CONC_SEED. */
  readonly schedule: string;
  /** The schedule as it was found, if its strategy can make it again; for {@link replay}, or CONC_SEED. */
  readonly seed: string | undefined;
  /** What had been explored by then; absent when a schedule was replayed. */
  readonly exploration: Exploration | undefined;

  constructor(
    message: string,
    failure: Failure,
    found: { schedule: string; seed: string | undefined; exploration: Exploration | undefined },
  ) {
    super(message, { cause: failure.error });
    this.kind = failure.kind;
    this.schedule = found.schedule;
    this.seed = found.seed;
    this.exploration = found.exploration;
  }
}
