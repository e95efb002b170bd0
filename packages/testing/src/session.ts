import { runtime } from "@conc/internal";
import { Outside } from "./outside.ts";
import { Pump } from "./pump.ts";
import { Run } from "./run.ts";
import type { RunOptions, RunResult } from "./run-options.ts";
import type { Strategy } from "./strategy.ts";
import { catchUnhandled } from "./unhandled.ts";

/**
 * The time during which the runtime record is ours: from `open` to `close` every call of the packages belongs to the run that goes on.
 *
 * Invariant: at most one session is open in a realm; when it closes, everything is as it was before.
 */
export class Session {
  readonly #pump = new Pump();
  readonly #outside = new Outside(() => this.#pump.asked);
  readonly #before = { ...runtime };
  readonly #releaseUnhandled: () => void;
  #run: Run | undefined;

  private constructor() {
    this.#releaseUnhandled = catchUnhandled((reason) => this.#run?.fail("unhandled", reason));
  }

  /** @throws Error if one is open */
  static open(): Session {
    if (runtime.controller !== null) {
      throw new Error(
        "an exploration is under way already: one at a time, for there is one clock and one order of events " +
          "(explore, replay and virtualTime cannot be nested, nor used in concurrent tests of one file)",
      );
    }
    return new Session();
  }

  /** Runs `body` once. */
  run(body: () => unknown, strategy: Strategy, options: RunOptions): Promise<RunResult> {
    const run = new Run(strategy, options, this.#outside);
    this.#run = run;
    runtime.observer = runtime.controller = run;
    runtime.clock = run.clock;
    runtime.choose = (n) => run.choose(n);
    return run.start(this.#pump, body);
  }

  close(): void {
    const { observer, controller, clock, choose } = this.#before;
    this.#pump.stop();
    this.#releaseUnhandled();
    Object.assign(runtime, { observer, controller, clock, choose });
  }
}
