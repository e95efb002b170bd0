/** The program took more steps than it was allowed: it goes round in circles, or the limit is too low for it. */
export class LivelockError extends Error {
  override readonly name = "LivelockError";
  readonly code = "ERR_LIVELOCK";
}
