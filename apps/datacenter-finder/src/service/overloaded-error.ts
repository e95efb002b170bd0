/** There is no room for more work, nor for more to wait. */
export class OverloadedError extends Error {
  override readonly name = "OverloadedError";
  readonly code = "ERR_OVERLOADED";
  /** After how many seconds it is worth another try. */
  readonly retryAfter = 1;

  constructor() {
    super("there is no room for more finds");
  }
}
