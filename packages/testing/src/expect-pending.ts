import { stateOf } from "./state-of.ts";

/**
 * Fails unless `promise` is still pending when everything that can run now has run (see {@link settled}).
 *
 * @throws (rejects with) Error that says how it was settled
 *
 * @example
 * ```ts
 * import { Mutex } from "@conc/sync";
 * import { expectPending } from "@conc/testing";
 *
 * const mu = new Mutex();
 * const first = await mu.lock();
 * const second = mu.lock();
 * await expectPending(second);
 * first.unlock();
 * await second;
 * ```
 */
export async function expectPending(promise: PromiseLike<unknown>): Promise<void> {
  const state = await stateOf(promise);
  if (state !== undefined) throw new Error(`expected the promise to be pending, but it was ${describeState(state)}`);
}

/** How a promise was settled, in words. */
export function describeState(state: PromiseSettledResult<unknown>): string {
  return state.status === "fulfilled"
    ? `fulfilled with ${String(state.value)}`
    : `rejected with ${String(state.reason)}`;
}
