import { type CancelSource, cancelSource, describe, inspect, sourceOf } from "@conc/internal";
import type { State } from "./cancel-node.ts";
import { checkKey, type ContextKey } from "./context-key.ts";
import type { Context } from "./types.ts";

type DefineGetter = (this: object, name: string, getter: () => unknown) => void;
const { __defineGetter__: defineGetter } = Object.prototype as unknown as { __defineGetter__: DefineGetter };

/** What a context made by `withValue` adds. */
export interface Entry {
  readonly key: { readonly name: string };
  readonly value: unknown;
}

/**
 * What all contexts have in common: a parent to look values up in, and a state that says whether they are done.
 *
 * Invariant: `signal` is the only own property, and enumerable. `child_process.spawn` and `http.get` copy own enumerable
 * properties and would miss a getter of the prototype; anything else that is own might be taken for an option.
 */
export abstract class BaseContext implements Context {
  static readonly #signal = function (this: BaseContext): AbortSignal {
    return this.#state.signal;
  };
  declare readonly signal: AbortSignal;
  // null: this is a root.
  readonly #parent: Context | null;
  readonly #state: State;
  readonly #entry: Entry | undefined;

  constructor(parent: Context | null, state: State, entry?: Entry) {
    this.#parent = parent;
    this.#state = state;
    this.#entry = entry;
    // The old-fashioned way: Object.defineProperty takes more than twice as long.
    defineGetter.call(this, "signal", BaseContext.#signal);
  }

  /** The state of `ctx`; throws if it is no context. `name` is the argument's, for the message. */
  static stateOf(ctx: Context, name = "parent"): State {
    if (typeof ctx === "object" && ctx !== null) {
      if (#state in ctx) return ctx.#state;
      if (isContext(ctx)) return ctx;
    } else if (name === "parent" && (ctx === null || ctx === undefined)) {
      throw new TypeError("context: cannot create a context from a null parent");
    }
    const isSignal = typeof (ctx as Partial<AbortSignal> | null)?.aborted === "boolean";
    throw new TypeError(
      `${name}: expected a Context, got ${describe(ctx)}${isSignal ? "; fromSignal(signal) makes a Context of it" : ""}`,
    );
  }

  get done(): Context["done"] {
    return this.#state.done;
  }

  get err(): Error | undefined {
    return this.#state.err;
  }

  get cause(): unknown {
    return this.#state.cause;
  }

  get deadline(): Date | undefined {
    return this.#state.deadline;
  }

  value<T>(key: ContextKey<T>): T | undefined {
    checkKey(key);
    let ctx: Context | null = this;
    while (ctx !== null) {
      if (!(#state in ctx)) return ctx.value(key);
      if (ctx.#entry?.key === key) return ctx.#entry.value as T | undefined;
      ctx = ctx.#parent;
    }
    return undefined;
  }

  /** The chain, as Go prints it: `context.Background.WithCancel.WithTimeout(2030-01-01T12:00:00.500Z [499ms])`. */
  toString(): string {
    const steps: string[] = [];
    let ctx: Context | null = this;
    while (ctx !== null) {
      if (!(#state in ctx)) {
        const { toString } = ctx as Partial<Context>;
        steps.push(toString === undefined || toString === Object.prototype.toString ? "Context" : String(ctx));
        break;
      }
      steps.push(ctx.label());
      ctx = ctx.#parent;
    }
    return steps.reverse().join(".");
  }

  [inspect](): string {
    return this.toString();
  }

  /** @internal */
  get [cancelSource](): CancelSource {
    return sourceOf(this.#state);
  }

  /** What this context adds to its parent, in print. */
  protected abstract label(): string;
}

// One of another copy of this package, which must not be asked for its signal, lest it make one; or a hand-made one.
function isContext(ctx: Partial<Context>): ctx is Context {
  if (typeof ctx.value !== "function") return false;
  return cancelSource in ctx || (typeof ctx.signal?.aborted === "boolean" && typeof ctx.done?.recv === "function");
}
