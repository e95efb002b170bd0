import { runtime } from "./runtime.ts";
import type { Waiter } from "./waiter.ts";

/**
 * Promises resolve in the microtask queue, and the event loop goes on to timers and I/O only when that queue is
 * empty. Two tasks that serve each other for ever would never let it. So the packages count what they complete, look at the clock
 * now and then, and once a turn has lasted its budget they hold back every further resolution until the event loop has gone round.
 */
export interface Turn {
  /** How long a turn may last, in milliseconds. `Infinity`: for ever, for tests that own the schedule. */
  budget: number;
  /** When the turn that is running was first looked at; `undefined` when no look has been taken since it began. */
  startedAt: number | undefined;
  /** The budget is spent: completed calls wait in `deferred` for the next turn. */
  over: boolean;
  /** Waiters that have their outcome in `value` and are to be told in the next turn, in order. */
  deferred: Waiter[];
}

// One look at the clock costs as much as an operation, so it is taken once in so many: about 1 % of the throughput, and,
// even at 100 us an operation, a look every 6 ms.
const operationsPerLook = 64;

// Counts down to the next look; each bundled copy counts for itself. At zero or below, every operation looks.
let untilLook = operationsPerLook;

// The platform's own clock, taken at load: a turn is about real time, whatever a test makes of the clock.
const realNow: () => number = performance.now.bind(performance);

/** Counts one completed operation. True when its resolution has to wait: see {@link tellLater}. */
export function turnIsOver(): boolean {
  return runtime.controller !== null || (--untilLook <= 0 && look());
}

/** Keeps a waiter that has its outcome in `value` until it is to be told: by the controller if there is one, else next turn. */
export function tellLater(waiter: Waiter): void {
  if (runtime.controller !== null) runtime.controller.decided(waiter);
  else runtime.turn.deferred.push(waiter);
}

function look(): boolean {
  const { turn } = runtime;
  if (turn.over) return true;
  untilLook = operationsPerLook;
  if (turn.budget === Infinity) return false;
  if (turn.startedAt === undefined) {
    turn.startedAt = realNow();
    // Runs when the event loop has gone round, whether or not the budget was spent by then.
    runtime.clock.macrotask(begin);
    return false;
  }
  if (realNow() - turn.startedAt < turn.budget) return false;
  turn.over = true;
  untilLook = 0;
  return true;
}

function begin(): void {
  const { turn } = runtime;
  turn.startedAt = undefined;
  turn.over = false;
  const due = turn.deferred;
  turn.deferred = [];
  for (const waiter of due) waiter.tell(waiter.value);
}
