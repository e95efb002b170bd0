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

/**
 * How many requests may be in progress, by how late the event loop is: a tenth less each time it is too late, a twentieth more when it is not and
 * somebody was refused.
 */
export class AdaptiveLimit {
  readonly #least: number;
  readonly #most: number;
  readonly #tooLate: number;
  #limit: number;
  // Of the last few times, the latest the most: one pause, as for garbage, is no overload.
  #late = 0;

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
    this.#late = 0.7 * this.#late + 0.3 * late;
    if (this.#late > this.#tooLate) {
      // When few are in progress it is not they who make it late, and to let in fewer would help nobody.
      if (2 * running >= this.#limit) this.#limit = Math.max(this.#least, Math.floor(0.9 * this.#limit));
    } else if (refused) {
      // Only when it is what holds back: else it would have grown without bounds when it is needed.
      this.#limit = Math.min(this.#most, Math.ceil(1.05 * this.#limit));
    }
  }
}
