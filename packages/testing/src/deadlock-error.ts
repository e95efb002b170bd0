/** Every task waits, and none of what they wait for can come. The message lists the tasks and what each waits for. */
export class DeadlockError extends Error {
  override readonly name = "DeadlockError";
  readonly code = "ERR_DEADLOCK";
}
