import type { ReceiveChan } from "@conc/chan";
import type { ContextKey } from "./context-key.ts";

/**
 * A deadline, a cancellation and request-scoped values, handed from call to call as the first argument.
 *
 * A context is also what the platform calls an options object with a signal, so `fetch(url, ctx)`, `readFile(path, ctx)` or
 * `addEventListener(type, fn, ctx)` take it as it is, and so does every waiting call of these packages.
 *
 * Go: `context.Context`.
 */
export interface Context {
  /** Aborted when the context is done; `signal.reason` is then {@link err}. Made when first asked for. */
  readonly signal: AbortSignal;
  /** Closed when the context is done: for `select` and `for await`. Go's `ctx.Done()`. */
  readonly done: ReceiveChan<never>;
  /** Why the context is done: a CanceledError or a DeadlineExceededError; `undefined` before. Go's `ctx.Err()`. */
  readonly err: Error | undefined;
  /** What the one who cancelled gave as the cause, or {@link err} if nothing; `undefined` before. Go's `context.Cause(ctx)`. */
  readonly cause: unknown;
  /** When the context will be done at the latest, as far as that is known. Go's `ctx.Deadline()`. */
  readonly deadline: Date | undefined;
  /** The value that the nearest `withValue` set for `key`; `undefined` if none did. Go's `ctx.Value(key)`. */
  value<T>(key: ContextKey<T>): T | undefined;
}

/**
 * A context that its maker can end. `using ctx = withTimeout(parent, 500)` ends it with the scope; without `using`, call
 * `cancel` in a `finally`.
 */
export interface CancelContext extends Context, Disposable {
  /**
   * Ends the context and all that are derived from it, in this call. The first end counts; later ones change nothing.
   *
   * @param cause what {@link Context.cause} tells, and the `cause` of the error
   *
   * Go: the `CancelFunc` and `CancelCauseFunc`.
   */
  cancel(cause?: unknown): void;
}
