import { Chan, type ChanIterator } from "@conc/chan";

/**
 * The channel in which a pattern delivers its results. Leaving a `for await` over it early says that nobody wants the rest, and the
 * pattern that fills it is told.
 *
 * Invariant: `open` is true until `finish` is called, for the first time, by the pattern or by a loop that was left.
 */
export class Outlet<T> extends Chan<T> {
  readonly #onLeave: () => void;
  #open = true;

  constructor(capacity: number, onLeave: () => void) {
    super(capacity);
    this.#onLeave = onLeave;
  }

  get open(): boolean {
    return this.#open;
  }

  /** Closes the channel, unless that was done before. */
  finish(cause?: unknown): void {
    if (!this.#open) return;
    this.#open = false;
    this.close(cause);
  }

  override [Symbol.asyncIterator](): ChanIterator<T> {
    const iterator = super[Symbol.asyncIterator]();
    return {
      next: () => iterator.next(),
      return: () => {
        if (this.#open) this.#onLeave();
        return iterator.return?.() ?? iterator.next();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
