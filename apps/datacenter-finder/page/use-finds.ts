/*
 * Invariants:
 * - the runs are those of the last Find; the context of an earlier one is cancelled, and what it still says is not heard;
 * - after `stop` no run is waiting or running.
 */
import { background, type CancelContext, withCancel } from "@conc/context";
import { mapConcurrent } from "@conc/patterns";
import { useRef, useState } from "preact/hooks";
import type { StrategyName } from "../src/strategies.ts";
import { RefusedError, ServerGoneError } from "./events-of.ts";
import { liveFind, type Question } from "./live-find.ts";
import { advance, give, newRun, type Run } from "./run.ts";

/** A browser has six connections for a service; the page leaves some for others. */
const concurrency = 4;

export interface Finds {
  readonly runs: readonly Run[];
  /** Asks by each of the strategies; what ran before is stopped. */
  readonly find: (question: Question, strategies: readonly StrategyName[]) => Promise<void>;
  readonly stop: () => void;
}

export function useFinds(): Finds {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const current = useRef<CancelContext | undefined>(undefined);

  const stop = () => {
    current.current?.cancel();
    current.current = undefined;
    setRuns((runs) => runs.map((run) => give(run, "stopped")));
  };

  const find: Finds["find"] = async (question, strategies) => {
    stop();
    using mine = withCancel(background());
    current.current = mine;
    setRuns(strategies.map(newRun));
    const change = (strategy: StrategyName, next: (run: Run) => Run) => {
      if (current.current !== mine) return;
      setRuns((runs) => runs.map((run) => (run.strategy === strategy ? next(run) : run)));
    };

    try {
      await mapConcurrent(
        strategies,
        async ({ signal }, strategy) => {
          try {
            for await (const event of liveFind(question, strategy, signal)) {
              change(strategy, (run) => advance(run, event));
            }
          } catch (error) {
            if (error instanceof RefusedError) change(strategy, (run) => give(run, "refused", error.message));
            else if (error instanceof ServerGoneError) change(strategy, (run) => give(run, "gone", error.message));
            else throw error;
          }
        },
        { concurrency, ctx: mine },
      );
    } catch (error) {
      // Stopped, or replaced by another.
      if (mine.err !== undefined) return;
      for (const strategy of strategies)
        change(strategy, (run) => give(run, "gone", `The page has a mistake: ${error}`));
      throw error;
    }
  };

  return { runs, find, stop };
}
