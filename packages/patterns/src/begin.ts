/** Calls a function of the user's: what it throws is a rejection like any other. */
export function begin<R>(fn: () => R | PromiseLike<R>): Promise<R> {
  try {
    return Promise.resolve(fn());
  } catch (error) {
    return Promise.reject(error);
  }
}
