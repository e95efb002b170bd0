import { describe, idle } from "@conc/internal";
import { describeState } from "./expect-pending.ts";
import { stateOf } from "./state-of.ts";

/** What a matcher of vitest or jest gives. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matchers for `expect.extend`, of vitest (or import "@conc/testing/vitest", which does it, types included) and of jest.
 *
 * - `expect(ch).toBeIdle()`: nobody waits on the channel, lock, semaphore or group, nobody holds it, nothing is left in it
 * - `await expect(promise).toBePending()`, `await expect(promise).toBeSettled()`: once everything that can run now has run
 */
export const matchers: {
  toBeIdle(received: unknown): MatcherResult;
  toBePending(received: unknown): Promise<MatcherResult>;
  toBeSettled(received: unknown): Promise<MatcherResult>;
} = {
  toBeIdle(received) {
    const own = (received as { [idle]?: boolean } | null | undefined)?.[idle];
    if (own === undefined) {
      throw new TypeError(
        `toBeIdle: expected a channel, a lock or a group of these packages, got ${describe(received)}`,
      );
    }
    return { pass: own, message: () => `expected ${String(received)} ${own ? "not " : ""}to be idle` };
  },

  async toBePending(received) {
    const state = await stateOf(promiseOf(received));
    if (state === undefined) return { pass: true, message: () => "expected the promise not to be pending" };
    return { pass: false, message: () => `expected the promise to be pending, but it was ${describeState(state)}` };
  },

  async toBeSettled(received) {
    const state = await stateOf(promiseOf(received));
    if (state === undefined)
      return { pass: false, message: () => "expected the promise to be settled, but it is pending" };
    return { pass: true, message: () => `expected the promise to be pending, but it was ${describeState(state)}` };
  },
};

function promiseOf(received: unknown): PromiseLike<unknown> {
  if (typeof (received as Partial<PromiseLike<unknown>> | null | undefined)?.then === "function") {
    return received as PromiseLike<unknown>;
  }
  throw new TypeError(`expected a promise, got ${describe(received)}`);
}
