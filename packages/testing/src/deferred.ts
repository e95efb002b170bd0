/** A promise and the function that resolves it, outside of what a controller orders: the explorer's own, never the program's. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  // oxlint-disable-next-line promise/avoid-new -- park makes the promises of explored calls; this one must not be one
  const promise = new Promise<T>((r) => {
    resolve = r;
  });
  return { promise, resolve };
}
