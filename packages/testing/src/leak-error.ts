/** Something is still alive that should have ended. The message lists where it was made and what it waits for. */
export class LeakError extends Error {
  override readonly name = "LeakError";
  readonly code = "ERR_LEAK";
}
