/**
 * The context was cancelled. `cause` is what the one who cancelled it gave, if anything. Named as the platform's own errors of the
 * kind, so that code which looks for an AbortError finds it.
 *
 * Go: `context.Canceled`.
 */
export class CanceledError extends Error {
  override readonly name = "AbortError";
  readonly code = "ABORT_ERR";

  constructor(message = "context canceled", options?: ErrorOptions) {
    super(message, options);
  }
}
