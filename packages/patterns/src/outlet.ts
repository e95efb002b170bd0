import { Chan, type ChanIterator } from "@conc/chan";

/**
 * The channel in which a pattern delivers its results. Leaving a `for await` over it early says that nobody wants the rest, and the
 * pattern that fills it is told.
 */
export class Outlet<T> extends Chan<T> {
  readonly #onLeave: () => void;

  constructor(capacity: number, onLeave: () => void) {
    super(capacity);
    this.#onLeave = onLeave;
  }

  override [Symbol.asyncIterator](): ChanIterator<T> {
    const iterator = super[Symbol.asyncIterator]();
    const onLeave = this.#onLeave;
    return {
      next: () => iterator.next(),
      return: () => {
        onLeave();
        return iterator.return?.() ?? iterator.next();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
