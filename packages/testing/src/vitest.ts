import { expect } from "vitest";
import { matchers } from "./matchers.ts";

/** What `import "@conc/testing/vitest"` adds to vitest's `expect`. */
export interface ConcMatchers<R = unknown> {
  /** Nobody waits on the channel, lock, semaphore or group, nobody holds it, and nothing is left in it. */
  toBeIdle(): R;
  /** Still pending when everything that can run now has run. */
  toBePending(): Promise<R>;
  /** Fulfilled or rejected when everything that can run now has run. */
  toBeSettled(): Promise<R>;
}

declare module "vitest" {
  // oxlint-disable-next-line typescript/no-explicit-any -- vitest declares it so
  interface Matchers<T = any> extends ConcMatchers<T> {}
}

expect.extend(matchers);
