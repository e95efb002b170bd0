/*
 * Invariant: least <= limit <= most.
 *
 * It is a limit for the processor that we are: whether the event loop is on time says how much that can do, whatever the machine, the strategies
 * and the datacenters are like. How long finds take would say more about the datacenters than about us.
 */

export interface AdaptiveLimitOptions {
  readonly least: number;
  readonly most: number;
  readonly initial: number;
  /** How late the event loop may be, in milliseconds. */
  readonly tooLate: number;
}

/** How many requests may be in progress, by how late the event loop is: less by a tenth each time it is too late, more by one when it is not. */
export class AdaptiveLimit {
  readonly #least: number;
  readonly #most: number;
  readonly #tooLate: number;
  #limit: number;

  constructor({ least, most, initial, tooLate }: AdaptiveLimitOptions) {
    this.#least = least;
    this.#most = most;
    this.#tooLate = tooLate;
    this.#limit = initial;
  }

  get limit(): number {
    return this.#limit;
  }

  /** The event loop was so late, in milliseconds; `running` is how many were in progress at most since it was last told, `refused` whether more had come. */
  adapt(late: number, running: number, refused: boolean): void {
    // From what was really in progress: a limit that nobody has come near says nothing.
    if (late > this.#tooLate) this.#limit = Math.max(this.#least, Math.floor(0.9 * Math.min(this.#limit, running)));
    // Only when it is what holds back: else it would have grown without bounds when it is needed.
    else if (refused) this.#limit = Math.min(this.#most, this.#limit + 1);
  }
}
