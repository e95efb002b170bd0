import { describe } from "@conc/internal";

/** One way to get values out of any source, one at a time. */
export interface Pull<T> {
  next(): IteratorResult<T, unknown> | PromiseLike<IteratorResult<T, unknown>>;
  /** Ends the source early. */
  stop(reason: unknown): unknown;
}

/** Opens a source of values. */
export function pullFrom<T>(source: Iterable<T> | AsyncIterable<T> | ReadableStream<T>): Pull<T> {
  const {
    getReader,
    [Symbol.asyncIterator]: asyncIterate,
    [Symbol.iterator]: iterate,
  } = (source ?? {}) as AnySource<T>;
  // A stream's own iterator cannot be ended while a read is waiting; its reader can.
  if (typeof getReader === "function") return pullReader(getReader.call(source));
  if (typeof asyncIterate === "function") return pullIterator(asyncIterate.call(source));
  if (typeof iterate === "function") return pullIterator(iterate.call(source));
  throw new TypeError(`source: expected an iterable, an async iterable or a ReadableStream, got ${describe(source)}`);
}

interface AnySource<T> {
  getReader?: () => ReadableStreamDefaultReader<T>;
  [Symbol.asyncIterator]?: () => AsyncIterator<T>;
  [Symbol.iterator]?: () => globalThis.Iterator<T>;
}

function pullIterator<T>(iterator: globalThis.Iterator<T> | AsyncIterator<T>): Pull<T> {
  return {
    next: () => iterator.next(),
    stop: () => iterator.return?.(),
  };
}

function pullReader<T>(reader: ReadableStreamDefaultReader<T>): Pull<T> {
  return {
    next: () => reader.read() as Promise<IteratorResult<T, unknown>>,
    stop: (reason) => {
      const cancelled = reader.cancel(reason);
      reader.releaseLock();
      return cancelled;
    },
  };
}
