/**
 * The context's deadline has passed. `cause` is what `withTimeout` or `withDeadline` was given as the cause, if anything. Named as
 * the platform's own errors of the kind, so that code which looks for a TimeoutError finds it.
 *
 * Go: `context.DeadlineExceeded`.
 */
export class DeadlineExceededError extends Error {
  override readonly name = "TimeoutError";
  readonly code = "TIMEOUT_ERR";

  constructor(message = "context deadline exceeded", options?: ErrorOptions) {
    super(message, options);
  }
}
