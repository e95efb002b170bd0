import { type FakeClock, hearUnhandled, type Unhandled, useFakeClock, watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, expect } from "vitest";

/** What each test of this package runs in. */
export interface World {
  readonly clock: FakeClock;
  /** What was noted, each line with its time. */
  readonly log: string[];
  note(text: string): void;
  /** For the rest of the test: where what counts is who runs, and not when. */
  useRealClock(): void;
  /** Lets 10 s of the clock's time pass, in which `promise` settles; gives what it has settled to. */
  settled<T>(promise: Promise<T>): Promise<T>;
}

/**
 * Gives each test of a file a clock that stands still, and asserts after each that nothing is left: no waiting call, no timer, no
 * rejection that nobody handled.
 */
export function useWorld(): World {
  let clock: ReturnType<typeof useFakeClock>;
  let watched: ReturnType<typeof watch>;
  const log: string[] = [];
  let unhandled: Unhandled;
  const nothingIsLeft = () =>
    expect({ waiting: watched.waiting, timers: clock.timers, unhandled: unhandled.errors }).toEqual({
      waiting: 0,
      timers: 0,
      unhandled: [],
    });

  beforeEach(() => {
    clock = useFakeClock();
    watched = watch();
    log.length = 0;
    unhandled = hearUnhandled();
  });
  afterEach(async () => {
    await unhandled.told();
    unhandled.stop();
    watched.stop();
    clock.restore();
    nothingIsLeft();
  });

  return {
    get clock() {
      return clock;
    },
    log,
    note: (text) => void log.push(`${clock.now()} ${text}`),
    useRealClock: () => clock.restore(),
    settled: async (promise) => {
      promise.catch(() => {});
      await clock.advance(10_000);
      return promise;
    },
  };
}
