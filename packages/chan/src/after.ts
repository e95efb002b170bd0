import { Timer } from "./timer.ts";
import type { ReceiveChan } from "./types.ts";

/**
 * A channel that delivers the instant `ms` milliseconds from now, once. It costs nothing while nobody waits on it.
 *
 * Go: `time.After`.
 *
 * @example
 * ```ts
 * import { after, Chan, recv, select } from "@conc/chan";
 *
 * const answers = new Chan<string>();
 * console.log(await select([recv(answers), recv(after(10), () => "timed out")])); // => timed out
 * ```
 */
export function after(ms: number): ReceiveChan<Date> {
  return new Timer(ms).c;
}
