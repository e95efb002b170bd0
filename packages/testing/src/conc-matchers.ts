/**
 * What {@link matchers} add to an `expect`. `import "@conc/testing/vitest"` declares it to vitest; for jest declare it yourself:
 * `declare module "expect" { interface Matchers<R> extends ConcMatchers<R> {} }`.
 */
export interface ConcMatchers<R = unknown> {
  /** Nobody waits on the channel, lock, semaphore or group, nobody holds it, and nothing is left in it. */
  toBeIdle(): R;
  /** Still pending when everything that can run now has run. */
  toBePending(): Promise<R>;
  /** Fulfilled or rejected when everything that can run now has run. */
  toBeSettled(): Promise<R>;
}
