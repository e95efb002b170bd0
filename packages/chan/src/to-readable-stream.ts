import type { ReceiveChan } from "./types.ts";

/**
 * A ReadableStream of what `ch` delivers. It receives when it is read, and nothing ahead.
 *
 * Cancel: cancelling the stream takes its receive back and leaves the channel as it is, for others; a channel made by `from` or
 * `fromEvent` ends its source, as at the end of a loop.
 * Close: the stream ends when the channel is closed and drained, and errors with the cause if it was closed with one.
 *
 * @example
 * ```ts
 * import { Chan, toReadableStream } from "@conc/chan";
 *
 * const ch = new Chan<string>(2);
 * await ch.send("a");
 * await ch.send("b");
 * ch.close();
 * const reader = toReadableStream(ch).getReader();
 * console.log((await reader.read()).value); // => a
 * ```
 */
export function toReadableStream<T>(ch: ReceiveChan<T>): ReadableStream<T> {
  const iterator = ch[Symbol.asyncIterator]();
  let cancelled = false;
  return new ReadableStream<T>(
    {
      pull: (controller) =>
        iterator.next().then(({ value, done }) => {
          if (cancelled) return;
          if (done === true) controller.close();
          else controller.enqueue(value);
        }),
      cancel: () => {
        cancelled = true;
        return iterator.return?.().then(() => {});
      },
    },
    // With the default of 1 the stream would hold a value that nobody has asked for, and a cancel would lose it.
    { highWaterMark: 0 },
  );
}
