import { causeOf } from "./cause-of.ts";
import type { SendChan } from "./types.ts";

/**
 * A WritableStream that sends what is written to `ch`. A write is done when its value was taken, so a slow receiver slows the writer
 * down.
 *
 * Close: closing the stream closes the channel. Aborting it takes back a write that is waiting and closes the channel with the
 * reason. A write to a channel that was closed by others errors the stream with ClosedChannelError.
 *
 * @example
 * ```ts
 * import { Chan, from, toReadableStream, toWritableStream } from "@conc/chan";
 *
 * const ch = new Chan<number>();
 * const copied = toReadableStream(from([1, 2])).pipeTo(toWritableStream(ch));
 * for await (const value of ch) console.log(value);
 * await copied;
 * // => 1
 * // => 2
 * ```
 */
export function toWritableStream<T>(ch: SendChan<T>): WritableStream<T> {
  return new WritableStream<T>({
    write: (value, controller: Controller) => ch.send(value, controller.signal),
    close: () => ch.close(),
    abort: (reason: unknown) => ch.close(causeOf(reason)),
  });
}

// The types of Node 20 do not know the signal yet, which all platforms have.
interface Controller {
  readonly signal?: AbortSignal;
  error(reason?: unknown): void;
}
