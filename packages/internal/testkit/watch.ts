import { type Observer, runtime, type Waiter } from "../src/index.ts";

/** Counts the calls that wait, in every package. */
export class Watch implements Observer {
  readonly #waiting = new Set<Waiter>();

  touch(): void {}

  spawn<T>(fn: () => T): () => T {
    return fn;
  }

  block(waiter: Waiter): void {
    this.#waiting.add(waiter);
  }

  wake(waiter: Waiter): void {
    this.#waiting.delete(waiter);
  }

  /** How many calls wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }
}

/** Watches the runtime from now on; `stop` ends it. One at a time. */
export function watch(): Watch & { stop(): void } {
  const observer = Object.assign(new Watch(), {
    stop: () => {
      runtime.observer = null;
    },
  });
  runtime.observer = observer;
  return observer;
}
