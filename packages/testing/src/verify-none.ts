import { asyncDispose, systemClock } from "@conc/internal";
import { currentRun } from "./current-run.ts";
import { deferred } from "./deferred.ts";
import { LeakError } from "./leak-error.ts";
import { settled } from "./settled.ts";
import { Watcher } from "./watcher.ts";

/** Ends the watching, and fails with what is still alive. */
export interface Verifier extends AsyncDisposable {
  (): Promise<void>;
}

// In real milliseconds: what is about to end may do so.
const patience = 100;

/**
 * Watches which tasks are started and which calls wait, and fails when some of them are still alive at the end: each is listed with
 * where it was started and where it waits. What was there before is not looked at.
 *
 * Without a function it gives the one that ends the watching: `beforeEach(() => verifyNone())` is all that vitest needs, which
 * calls after the test what `beforeEach` gave; elsewhere call it yourself, or `await using _ = verifyNone()`. With a function it
 * watches during that, and gives what that gives.
 *
 * What is about to end has 100 ms for it. Inside explore and virtualTime nothing has to be verified: there a leak is a failure anyway.
 *
 * @throws (rejects with) {@link LeakError}
 *
 * Go: `goleak.VerifyNone`.
 *
 * @example
 * ```ts
 * import { Chan } from "@conc/chan";
 * import { go } from "@conc/sync";
 * import { verifyNone } from "@conc/testing";
 *
 * const numbers = new Chan<number>();
 * const leak = verifyNone(() => {
 *   void go(function producer() {
 *     return numbers.send(1);
 *   });
 * });
 * await leak.catch((error) => console.log(error.name)); // => LeakError
 * ```
 */
export function verifyNone(): Verifier;
export function verifyNone<R>(fn: () => R): Promise<Awaited<R>>;
export function verifyNone<R>(fn?: () => R): Verifier | Promise<Awaited<R>> {
  const watcher = new Watcher();
  if (fn !== undefined) return during(watcher, fn);
  const verify = (): Promise<void> => end(watcher);
  return Object.assign(verify, { [asyncDispose]: verify });
}

async function during<R>(watcher: Watcher, fn: () => R): Promise<Awaited<R>> {
  try {
    const value = await fn();
    await end(watcher);
    return value;
  } finally {
    watcher.stop();
  }
}

async function end(watcher: Watcher): Promise<void> {
  const start = systemClock.now();
  await settled();
  while (watcher.alive().length > 0 && currentRun() === undefined && systemClock.now() - start < patience) {
    const pause = deferred<void>();
    systemClock.setTimer(() => pause.resolve(), 5, true);
    await pause.promise;
  }
  const alive = watcher.alive();
  watcher.stop();
  if (alive.length > 0) throw new LeakError(["still alive:", ...alive.map((line) => `  ${line}`)].join("\n"));
}
