import { park, runtime, Waiter } from "@conc/internal";

/**
 * Lets everything else have its turn: other tasks, timers that are due, I/O that is ready. For a long computation; channels and
 * locks give up their turn by themselves.
 *
 * Go: `runtime.Gosched`.
 */
export function yieldNow(): Promise<void> {
  const waiter = new Waiter();
  const promise = park<void>(waiter);
  runtime.clock.macrotask(() => waiter.settle(undefined));
  return promise;
}
