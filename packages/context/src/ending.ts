import { CanceledError } from "./canceled-error.ts";
import { DeadlineExceededError } from "./deadline-exceeded-error.ts";

/**
 * Why a context ended: one for all contexts that the same cancel reached, so that they tell the same error.
 *
 * The error is made when first asked for: an Error with its stack costs ten times as much as everything else in a cancel, and most
 * contexts end after their work, with nobody left to ask. When something waits on the context, the cancel itself asks, and
 * the stack leads to the one who cancelled.
 */
export class Ending {
  readonly #cause: unknown;
  readonly #ErrorClass: typeof CanceledError | typeof DeadlineExceededError;
  #err: Error | undefined;

  private constructor(ErrorClass: typeof CanceledError | typeof DeadlineExceededError, cause: unknown, err?: Error) {
    this.#ErrorClass = ErrorClass;
    this.#cause = cause;
    this.#err = err;
  }

  static canceled(cause: unknown): Ending {
    return new Ending(CanceledError, cause);
  }

  static deadlineExceeded(cause: unknown): Ending {
    return new Ending(DeadlineExceededError, cause);
  }

  /** The end of a context that another copy or somebody else's code made. */
  static of(ctx: { readonly err: Error | undefined; readonly cause: unknown; readonly signal: AbortSignal }): Ending {
    return new Ending(CanceledError, ctx.cause, ctx.err ?? (ctx.signal.reason as Error));
  }

  get err(): Error {
    this.#err ??= new this.#ErrorClass(undefined, this.#cause === undefined ? undefined : { cause: this.#cause });
    return this.#err;
  }

  get cause(): unknown {
    return this.#cause === undefined ? this.err : this.#cause;
  }
}
