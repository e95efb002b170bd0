import { checkFunction, type SignalSource } from "@conc/internal";
import { SingleRun } from "./single-run.ts";

/**
 * A function that gets a value by running `fn` once, when it is first called, and gives that one value ever after. Whoever calls while
 * `fn` runs waits for that one run.
 *
 * What `fn` returns is kept, and so is what it throws. With `retry: true` a failure is not: it is told to those who waited for
 * that run, and the next call runs `fn` anew.
 *
 * The function that is returned takes a cancel source: a cancelled call rejects with the source's reason, and the run goes on. A call
 * from inside the run rejects with MisuseError, as that of {@link Once} does.
 *
 * @throws TypeError if `fn` is not a function
 *
 * Go: `sync.OnceValue`; the retry is ours.
 *
 * @example
 * ```ts
 * import { onceValue } from "@conc/sync";
 *
 * const settings = onceValue(async () => {
 *   console.log("reading");
 *   return { port: 3000 };
 * });
 * const [first, second] = await Promise.all([settings(), settings()]); // => reading
 * console.log(first === second, first.port); // => true 3000
 * ```
 */
export function onceValue<T>(
  fn: () => T | PromiseLike<T>,
  options: { readonly retry?: boolean } = {},
): (cancel?: SignalSource) => Promise<T> {
  checkFunction("fn", fn);
  const get = (cancel?: SignalSource): Promise<T> => run.get(fn, cancel);
  const run = new SingleRun<T>(get, "onceValue", true, options.retry);
  return get;
}
