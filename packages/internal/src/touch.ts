import { runtime } from "./runtime.ts";

/**
 * Tells whoever watches that the running step reads or changes `object`. Each public operation of a primitive says so, whatever comes
 * of it: two steps that touch no common object can change places, which is what partial-order reduction lives on.
 */
export function touch(object: object, operation: string): void {
  if (runtime.observer !== null) runtime.observer.touch(object, operation);
}
