import { useEffect, useRef, useState } from "preact/hooks";
import { hasEnded, type Run } from "./run.ts";

/** How often bars grow, in milliseconds. */
const beat = 50;

/** How long each run has been under way; ticks while one is. To those who want less motion, bars show when they end. */
export function useClock(runs: readonly Run[]): (run: Run) => number {
  const begins = useRef(new Map<string, { begin: Run["begin"]; at: number }>());
  const [, tick] = useState(0);
  const isBusy = runs.some((run) => !hasEnded(run));

  useEffect(() => {
    if (!isBusy || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const timer = setInterval(() => tick((n) => n + 1), beat);
    return () => clearInterval(timer);
  }, [isBusy]);

  return ({ strategy, begin }) => {
    if (begin === undefined) return 0;
    const known = begins.current.get(strategy);
    if (known?.begin === begin) return performance.now() - known.at;
    begins.current.set(strategy, { begin, at: performance.now() });
    return 0;
  };
}
