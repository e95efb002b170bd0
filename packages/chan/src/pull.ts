import { describe } from "@conc/internal";

/** One way to get values out of any source, one at a time: an iterator, or what has its shape. */
export interface Pull<T> {
  next(): IteratorResult<T, unknown> | PromiseLike<IteratorResult<T, unknown>>;
  /** Ends the source early. */
  return?(reason?: unknown): unknown;
}

/** Opens a source of values. */
export function pullFrom<T>(source: Iterable<T> | AsyncIterable<T> | ReadableStream<T>): Pull<T> {
  const { getReader, [Symbol.asyncIterator]: asyncIterate, [Symbol.iterator]: iterate } = (source ?? {}) as Source<T>;
  // A stream's own iterator cannot be ended while a read is waiting; its reader can.
  if (typeof getReader === "function") return pullReader(getReader.call(source));
  const open = asyncIterate ?? iterate;
  if (typeof open === "function") return open.call(source);
  throw new TypeError(`source: expected an iterable, an async iterable or a ReadableStream, got ${describe(source)}`);
}

interface Source<T> {
  getReader?(): ReadableStreamDefaultReader<T>;
  [Symbol.asyncIterator]?(): Pull<T>;
  [Symbol.iterator]?(): Pull<T>;
}

function pullReader<T>(reader: ReadableStreamDefaultReader<T>): Pull<T> {
  return {
    next: () => reader.read() as Promise<IteratorResult<T, unknown>>,
    return: (reason) => {
      const cancelled = reader.cancel(reason);
      reader.releaseLock();
      return cancelled;
    },
  };
}
