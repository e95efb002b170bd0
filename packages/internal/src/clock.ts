import { macrotask } from "./macrotask.ts";

/** Where the packages take time from. All durations and monotonic times are milliseconds. */
export interface Clock {
  /** Monotonic time, in milliseconds from an arbitrary start. */
  now(): number;
  /** Wall-clock time, in milliseconds since 1970. */
  date(): number;
  /**
   * Calls `fn` once, `ms` milliseconds from now. With `keepAlive` false the timer does not hold a process open that
   * has nothing else to do.
   */
  setTimer(fn: () => void, ms: number, keepAlive: boolean): TimerHandle;
  /** Calls `fn` when timers and I/O that are due have had their turn. */
  macrotask(fn: () => void): void;
}

export interface TimerHandle {
  /** Takes the timer back; harmless once it has fired. */
  clear(): void;
}

// The longest delay that setTimeout takes; a longer one is cut to 1 ms by the platform, without a word.
const longestDelay = 2 ** 31 - 1;

function setTimer(fn: () => void, ms: number, keepAlive: boolean): TimerHandle {
  let left = Math.max(0, ms);
  let timeout: ReturnType<typeof setTimeout>;
  const schedule = (): void => {
    // Rounded up: setTimeout cuts the fraction off, and a wait must not end before its time.
    const delay = Math.min(Math.ceil(left), longestDelay);
    left -= delay;
    // setTimeout is looked up at each call, so that a test's fake timers reach us.
    timeout = setTimeout(() => (left > 0 ? schedule() : fn()), delay);
    if (!keepAlive && typeof timeout === "object") timeout.unref();
  };
  schedule();
  return { clear: () => clearTimeout(timeout) };
}

/** The platform's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  setTimer,
  macrotask,
};
