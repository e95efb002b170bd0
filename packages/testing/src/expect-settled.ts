import { stateOf } from "./state-of.ts";

/**
 * Fails if `promise` is still pending when everything that can run now has run (see {@link settled}); gives how it was settled.
 *
 * @throws (rejects with) Error if it is pending
 *
 * @example
 * ```ts
 * import { Chan } from "@conc/chan";
 * import { expectSettled } from "@conc/testing";
 *
 * const ch = new Chan<string>(1);
 * console.log(await expectSettled(ch.send("a"))); // => { status: 'fulfilled', value: undefined }
 * ```
 */
export async function expectSettled<T>(promise: PromiseLike<T>): Promise<PromiseSettledResult<T>> {
  const state = await stateOf(promise);
  if (state === undefined) throw new Error("expected the promise to be settled, but it is pending");
  return state;
}
