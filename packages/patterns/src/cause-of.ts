/** What to close a channel with after a failure. A failure with `undefined` must not look like a regular end. */
export function causeOf(reason: unknown): unknown {
  return reason === undefined ? new Error("failed with undefined", { cause: undefined }) : reason;
}
