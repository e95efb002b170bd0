/** Why a loser's context was cancelled: another attempt has won. It is the context's `cause`. */
export class SupersededError extends Error {
  override readonly name = "SupersededError";
  readonly code = "ERR_SUPERSEDED";

  constructor(message = "another attempt has won", options?: ErrorOptions) {
    super(message, options);
  }
}
