/** The demo cannot go on, for a reason that is to be told in one line. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** What went wrong, in one line. */
export function reasonOf(error: unknown): string {
  // One error per address that was tried, or per task that failed: the first tells enough.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const [line = ""] = error.message.trim().split("\n");
  return line === "" ? error.name : line;
}
