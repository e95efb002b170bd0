import { runtime } from "./runtime.ts";
import { completed } from "./waiter.ts";

/** Calls `fn`, without arguments, in a later microtask and as a task of its own: how `go` and everything of its kind begins. */
export function spawn<T>(fn: () => T): Promise<Awaited<T>> {
  const body = runtime.observer === null ? fn : runtime.observer.spawn(fn);
  return completed().then(() => body()) as Promise<Awaited<T>>;
}
