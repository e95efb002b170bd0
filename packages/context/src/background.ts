import { never } from "@conc/chan";
import { type CancelSource, cancelSource } from "@conc/internal";
import { BaseContext } from "./base-context.ts";
import type { State } from "./cancel-node.ts";
import type { Context } from "./types.ts";

const neverCancelled: CancelSource = {
  cancelled: false,
  reason: undefined,
  subscribe: () => {},
  unsubscribe: () => {},
};

let signal: AbortSignal | undefined;

/** The state of a context that is never done. */
export const endless: State & { readonly [cancelSource]: CancelSource } = {
  done: never,
  err: undefined,
  cause: undefined,
  deadline: undefined,
  get signal() {
    if (signal === undefined) {
      ({ signal } = new AbortController());
      // Nothing will ever call its listeners, and it lives as long as the program: one that nobody takes off would pile up.
      signal.addEventListener = () => {};
    }
    return signal;
  },
  [cancelSource]: neverCancelled,
};

class Root extends BaseContext {
  readonly #name: string;

  constructor(name: string) {
    super(null, endless);
    this.#name = name;
  }

  protected override label(): string {
    return this.#name;
  }
}

const theBackground = new Root("context.Background");
const theTodo = new Root("context.TODO");

/**
 * The context that is never done and has no values: the root of all others, for the top of a program, a request or a test.
 *
 * Go: `context.Background()`.
 *
 * @example
 * ```ts
 * import { background, withCancel } from "@conc/context";
 *
 * const server = withCancel(background());
 * console.log(server); // => context.Background.WithCancel
 * ```
 */
export function background(): Context {
  return theBackground;
}

/**
 * As {@link background}, for code that ought to be handed a context and is not yet.
 *
 * Go: `context.TODO()`.
 */
export function todo(): Context {
  return theTodo;
}
