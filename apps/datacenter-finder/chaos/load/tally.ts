/*
 * Answers as they come in, by status.
 */

/** What has been answered so far. */
export class Tally<Connection extends object> {
  readonly #times = new Map<number, number[]>();
  readonly #counts = new Map<number, number>();
  readonly #connected = new Set<Connection>();
  readonly #begin: number = performance.now();
  #last = this.#begin;

  /** An answer, so many milliseconds after its request. */
  add(connection: Connection, status: number, ms: number): void {
    this.#last = performance.now();
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
    // The first has waited for its connection, too, of which Node accepts one in a turn of the event loop: counted, but no measure of a request.
    if (!this.#connected.has(connection)) {
      this.#connected.add(connection);
      return;
    }
    const times = this.#times.get(status);
    if (times === undefined) this.#times.set(status, [ms]);
    else times.push(ms);
  }

  /** From the beginning to the last answer. */
  get seconds(): number {
    return (this.#last - this.#begin) / 1000;
  }

  /** How many there were, by status. */
  get counts(): ReadonlyMap<number, number> {
    return this.#counts;
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The times of those on open connections, by status, the shortest first. */
  get times(): ReadonlyMap<number, readonly number[]> {
    for (const times of this.#times.values()) times.sort((a, b) => a - b);
    return this.#times;
  }
}
