import { checkDuration, failedWith, park, runtime, Waiter } from "@conc/internal";
import { currentRun } from "./current-run.ts";
import { settled } from "./settled.ts";

/**
 * Lets `ms` milliseconds of virtual time go by, and everything that falls due on the way happen, until nothing more does at that time.
 *
 * Time also moves by itself when every task waits; so this is for a test that looks at what has happened by a certain time.
 *
 * @throws (rejects with) Error outside of explore, replay and virtualTime, RangeError if `ms` is not a number
 */
export function advance(ms: number): Promise<void> {
  if (currentRun() === undefined) {
    return failedWith(
      new Error("advance: there is no virtual time here; call it inside virtualTime, explore or replay"),
    );
  }
  try {
    checkDuration("ms", ms);
  } catch (error) {
    return failedWith(error);
  }
  const waiter = new Waiter();
  const passed = park<void>(waiter);
  runtime.clock.setTimer(() => waiter.settle(undefined), ms, true);
  return passed.then(settled);
}
