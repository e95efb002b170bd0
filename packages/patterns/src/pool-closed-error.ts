/** The pool was closed: it takes no more tasks. */
export class PoolClosedError extends Error {
  override readonly name = "PoolClosedError";
  readonly code = "ERR_POOL_CLOSED";

  constructor(message = "submit to closed pool", options?: ErrorOptions) {
    super(message, options);
  }
}
