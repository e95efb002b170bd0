/**
 * Why a loser's context was cancelled: another attempt has won. It is the context's `cause`, and has no stack: that would lead into the
 * library, and cost more than the whole race.
 */
export class SupersededError extends Error {
  override readonly name = "SupersededError";
  readonly code = "ERR_SUPERSEDED";

  private constructor(message: string) {
    super(message);
  }

  /** @internal */
  static create(): SupersededError {
    const { stackTraceLimit } = Error;
    // What engines without the limit do costs less.
    if (stackTraceLimit === undefined) return new SupersededError("another attempt has won");
    Error.stackTraceLimit = 0;
    try {
      return new SupersededError("another attempt has won");
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}
