import type { Exploration } from "./exploration.ts";

/** An exhaustive exploration did not come to its end, so it proves nothing. To be content with a part, say how much: `schedules`. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";
  readonly code = "ERR_INCOMPLETE";
  readonly exploration: Exploration;

  constructor(exploration: Exploration) {
    super(`not every schedule was run: ${exploration.toString()}`);
    this.exploration = exploration;
  }
}
