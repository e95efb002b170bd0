import { type Held, type Locker, Mutex, type SignalSource } from "../src/index.ts";

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

/** Fails unless the two are the same, in words; errors by their name and message. Many times faster than the runner's `expect`. */
export function checkSame(seen: unknown, expected: unknown, what: string): void {
  if (seen === expected) return;
  const [got, wanted] = [show(seen), show(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`);
}

function show(value: unknown): string {
  if (value instanceof AggregateError) return `${String(value)} [${value.errors.map(show).join(", ")}]`;
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null && "rejected" in value) return `rejected: ${show(value.rejected)}`;
  return typeof value === "string" ? value : `${typeof value} ${String(value)}`;
}
