import type { SignalSource } from "@conc/internal";
import { type Pull, pullFrom } from "./pull.ts";
import { SourceChan } from "./source-chan.ts";
import type { ReceiveChan } from "./types.ts";

/**
 * A channel that delivers what an iterable, an async iterable or a ReadableStream gives, in order, and is closed when that ends.
 *
 * The source is asked for a value when somebody receives, and for one at a time: a slow receiver slows it down, and no value is read that
 * nobody wants. Values that are promises are passed as they are.
 *
 * Cancel: closes the channel with the source's reason, and ends the source: `return()` of an iterator, `cancel(reason)` of a stream.
 * Close: an error of the source is the channel's cause. Leaving a `for await` over the channel ends the source, and waits for its
 * clean-up, as a loop over the source itself would.
 * Throws: TypeError if `source` is none of the three.
 *
 * Go: a goroutine that ranges over an `iter.Seq` and sends.
 *
 * @example
 * ```ts
 * import { from } from "@conc/chan";
 *
 * function* naturals() {
 *   try {
 *     for (let n = 1; ; n++) yield n;
 *   } finally {
 *     console.log("ended");
 *   }
 * }
 * for await (const n of from(naturals())) {
 *   console.log(n);
 *   if (n === 2) break;
 * }
 * // => 1
 * // => 2
 * // => ended
 * ```
 */
export function from<T>(
  source: Iterable<T> | AsyncIterable<T> | ReadableStream<T>,
  cancel?: SignalSource,
): ReceiveChan<T> {
  return new PulledChan(source, cancel);
}

class PulledChan<T> extends SourceChan<T> {
  // A value that was asked for by one who then gave up is held for the next.
  readonly capacity = 1;
  readonly #pull: Pull<T>;
  #asked = false;

  constructor(source: Iterable<T> | AsyncIterable<T> | ReadableStream<T>, cancel: SignalSource | undefined) {
    super(cancel);
    this.#pull = pullFrom(source);
    this.begin();
  }

  protected wanted(): void {
    if (this.#asked) return;
    this.#asked = true;
    try {
      const answer = this.#pull.next();
      if ("then" in answer) answer.then(this.#answered, this.#failed);
      else this.#answered(answer);
    } catch (error) {
      this.#failed(error);
    }
  }

  protected override get hangs(): boolean {
    return this.#asked;
  }

  protected stop(reason: unknown): unknown {
    return this.#pull.return?.(reason);
  }

  // What comes after the channel was closed comes to nobody.
  readonly #answered = ({ value, done }: IteratorResult<T, unknown>): void => {
    this.#asked = false;
    if (!this.open) return;
    if (done === true) this.end();
    else this.feed(value as T);
  };

  readonly #failed = (error: unknown): void => {
    this.#asked = false;
    if (this.open) this.fail(error);
  };
}
