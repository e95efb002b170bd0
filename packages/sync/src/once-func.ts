import { checkFunction, type SignalSource } from "@conc/internal";
import { SingleRun } from "./single-run.ts";

/**
 * A function that runs `fn` once, when it is first called; whoever calls while `fn` runs waits for that one run. What `fn` throws is
 * kept: every later call rejects with it.
 *
 * The function that is returned takes a cancel source: a cancelled call rejects with the source's reason, and the run goes on. A call
 * from inside the run rejects with MisuseError, as that of {@link Once} does.
 *
 * @throws TypeError if `fn` is not a function
 *
 * Go: `sync.OnceFunc`.
 *
 * @example
 * ```ts
 * import { onceFunc } from "@conc/sync";
 *
 * const shutDown = onceFunc(async () => console.log("closing connections"));
 * await Promise.all([shutDown(), shutDown()]); // => closing connections
 * ```
 */
export function onceFunc(fn: () => unknown): (cancel?: SignalSource) => Promise<void> {
  checkFunction("fn", fn);
  const call = (cancel?: SignalSource): Promise<void> => run.get(fn, cancel) as Promise<void>;
  const run = new SingleRun<unknown>(call, "onceFunc");
  return call;
}
