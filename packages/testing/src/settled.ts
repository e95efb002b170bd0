import { park, systemClock, Waiter } from "@conc/internal";
import { currentRun } from "./current-run.ts";

/**
 * Resolves when every other task waits, and nothing can end that but time. Timers that are due have fired, timers of later stand still.
 *
 * Outside of explore, replay and virtualTime: when everything that can run now has run, twice round the event loop.
 *
 * Go: `synctest.Wait`.
 */
export function settled(): Promise<void> {
  const run = currentRun();
  return run === undefined ? roundTheEventLoop().then(roundTheEventLoop) : run.settled();
}

function roundTheEventLoop(): Promise<void> {
  const waiter = new Waiter();
  const promise = park<void>(waiter);
  systemClock.macrotask(() => waiter.settle(undefined));
  return promise;
}
