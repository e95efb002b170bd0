import { idle, type SignalSource } from "@conc/internal";
import { Primitive } from "./primitive.ts";
import { print } from "./print.ts";
import { SingleRun } from "./single-run.ts";

/**
 * Runs a function once, by whoever comes first; whoever comes while it runs waits for that one run.
 *
 * Go: `sync.Once`, but that a run may be asynchronous, and that its failure is everybody's: Go's later callers are told nothing.
 *
 * @example
 * ```ts
 * import { Once } from "@conc/sync";
 *
 * const once = new Once();
 * const connect = async () => console.log("connecting");
 * await Promise.all([once.do(connect), once.do(connect), once.do(connect)]);
 * // => connecting
 * ```
 */
export class Once extends Primitive {
  readonly #run = new SingleRun<unknown>(this, "do");

  /** Whether the one run has ended, with success or not. */
  get done(): boolean {
    return this.#run.state === "done" || this.#run.state === "failed";
  }

  /** How many calls wait for the run to end, the one that began it included. */
  get waiting(): number {
    return this.#run.waiting;
  }

  /**
   * Runs `fn` inside the call if nothing has been run yet; else waits for the one run to end.
   *
   * A failed run never runs again: this and every later call rejects with its error.
   *
   * Blocks: while the run goes on.
   * Cancel: rejects with the source's reason; the run goes on.
   *
   * @throws (rejects with) what the run threw; MisuseError for a call from inside the run, which would wait for itself (where the
   * platform has no AsyncLocalStorage, only before the run's first `await`: a later one waits, until it is cancelled); TypeError if
   * `fn` is not a function
   *
   * Go: `once.Do(fn)`.
   */
  do(fn: () => unknown, cancel?: SignalSource): Promise<void> {
    return this.#run.get(fn, cancel) as Promise<void>;
  }

  /** For example `Once(running, 2 waiting)`. */
  toString(): string {
    return print("Once", this.name, this.#run.state, this.waiting);
  }

  /** @internal */
  get [idle](): boolean {
    return this.#run.state !== "running";
  }
}
