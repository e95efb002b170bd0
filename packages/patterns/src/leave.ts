import type { ReceiveChan } from "@conc/chan";

/**
 * Says to what feeds `ch` that nobody wants the rest, as leaving a `for await` does. A channel that is fed by its users goes on as it is.
 * Settles when the source has cleaned up.
 */
export function leave(ch: ReceiveChan<unknown>): Promise<unknown> {
  return ch[Symbol.asyncIterator]().return?.() ?? Promise.resolve();
}
