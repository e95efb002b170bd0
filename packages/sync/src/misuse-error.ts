/** The program is wrong, and running on would hide it: Go would panic. Its message is Go's, where Go has one. */
export class MisuseError extends Error {
  override readonly name = "MisuseError";
  readonly code = "ERR_MISUSE";
}
