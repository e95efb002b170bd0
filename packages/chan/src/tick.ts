import { Ticker } from "./ticker.ts";
import type { ReceiveChan } from "./types.ts";

/**
 * A channel that delivers the instant every `ms` milliseconds, for as long as somebody receives; see {@link Ticker}.
 *
 * @throws RangeError if `ms` is not greater than 0
 *
 * Go: `time.Tick`.
 */
export function tick(ms: number): ReceiveChan<Date> {
  return new Ticker(ms).c;
}
