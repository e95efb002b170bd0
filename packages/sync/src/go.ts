import { checkFunction, failedWith, spawn } from "@conc/internal";

/**
 * Starts `fn` as a task of its own, in a later microtask and in the async context of this call: the caller goes on first.
 *
 * The promise is the task's outcome. It may be dropped (`void go(...)`): an error that nobody handles is then an unhandled
 * rejection, which ends the process, as a panic does in Go.
 *
 * @throws (rejects with) what `fn` throws; TypeError if it is not a function
 *
 * Go: `go fn()`.
 *
 * @example
 * ```ts
 * import { go } from "@conc/sync";
 *
 * const task = go(() => console.log("in the task"));
 * console.log("in the caller");
 * await task;
 * // => in the caller
 * // => in the task
 * ```
 */
export function go<R>(fn: () => R): Promise<Awaited<R>> {
  try {
    checkFunction("fn", fn);
  } catch (error) {
    return failedWith(error);
  }
  return spawn(fn);
}
