import { runtime as record } from "./runtime.ts";

/**
 * Tells whoever watches that the running step reads or changes `object`. Each public operation of a primitive says so, whatever comes
 * of it: two steps that touch no common object can change places, which is what partial-order reduction lives on.
 */
export const touch: (object: object, operation: string) => void = toucher();

// The record is a constant inside a function, since bundlers make variables of a module's constants. Of a constant the engine knows
// what it holds, and that nobody has ever watched: then a touch, and what is read for it, come down to nothing.
function toucher(): typeof touch {
  const runtime = record;
  return (object, operation) => {
    if (runtime.observer !== null) runtime.observer.touch(object, operation);
  };
}
