/** Why a schedule failed. */
export interface Failure {
  /**
   * - `error`: the body threw, or a timer's function did
   * - `unhandled`: a promise was rejected and nobody handled it
   * - `deadlock`: everything waits, and nothing can end that
   * - `livelock`: the step limit was reached
   * - `leak`: the body has ended, and something still waits for ever
   */
  readonly kind: "error" | "unhandled" | "deadlock" | "livelock" | "leak";
  readonly error: unknown;
}

/** Whether two failures are, as far as can be told, the same: what shrinking must not lose. */
export function sameFailure(a: Failure, b: Failure): boolean {
  return a.kind === b.kind && nameOf(a.error) === nameOf(b.error);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
