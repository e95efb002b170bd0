// Browsers that do not have `using` yet lack these symbols; compilers that lower `using` fall back to the same names.

/** `Symbol.dispose`, also where the platform does not have it yet. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for("Symbol.dispose") as never);

/** `Symbol.asyncDispose`, also where the platform does not have it yet. */
export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? (Symbol.for("Symbol.asyncDispose") as never);

/** The method that `console.log` asks in Node, Deno and Bun. */
export const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

/** The property by which a primitive says that nobody holds it, nobody waits on it and nothing is left in it. For matchers of tests. */
export const idle: unique symbol = Symbol.for("@conc/idle") as never;

/**
 * A context's method that cuts it off from its parent and its deadline, without cancelling it: for a result that outlives the call
 * which made it, such as the body of a response.
 */
export const releaseContext: unique symbol = Symbol.for("@conc/context.release") as never;
