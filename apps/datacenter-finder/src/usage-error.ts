/** Something the user gave cannot be used: the message says what was expected and what was got. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "ERR_USAGE";
}
