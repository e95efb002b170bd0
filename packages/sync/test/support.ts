import { flush } from "@conc/internal/testkit";
import { type Held, type Locker, Mutex, type SignalSource } from "../src/index.ts";

/** The errors that nobody handled while `fn` ran and everything after it that could run. */
export async function unhandledIn(fn: () => unknown): Promise<unknown[]> {
  const before = process.listeners("unhandledRejection");
  const unhandled: unknown[] = [];
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error) => unhandled.push(error));
  try {
    await fn();
    await flush();
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of before) process.on("unhandledRejection", listener);
  }
  return unhandled;
}

/** A promise and the two ends that settle it. */
export function deferred<T = void>(): { promise: Promise<T>; resolve(value: T): void; reject(error: unknown): void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((...ends) => {
    [resolve, reject] = ends;
  });
  return { promise, resolve, reject };
}

/** Calls `then` in the order the promises fulfil, with the index of each. */
export function orderOf(promises: readonly Promise<unknown>[]): number[] {
  const order: number[] = [];
  promises.forEach((promise, index) => void promise.then(() => order.push(index)));
  return order;
}

/** A Locker as a user may write one: nothing of ours but its public face. */
export class Handmade implements Locker {
  readonly #mu = new Mutex();

  lock(cancel?: SignalSource): Promise<Held> {
    return this.#mu.lock(cancel);
  }

  unlock(): void {
    this.#mu.unlock();
  }
}
