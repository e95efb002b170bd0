/** The same choices led the program another way than before, so it cannot be explored systematically. */
export class NondeterminismError extends Error {
  override readonly name = "NondeterminismError";
  readonly code = "ERR_NONDETERMINISM";

  constructor() {
    super(
      "the body went another way though the same choices were made: it depends on something else, such as state outside of the body, " +
        "Math.random, the date, fetch or files. Put that inside the body, or use the strategy 'mix'",
    );
  }
}
