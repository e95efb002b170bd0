import { from, type ReceiveChan } from "@conc/chan";
import { type CancelContext, type Context, withCancel } from "@conc/context";
import { checkFunction, describe } from "@conc/internal";
import { checkContext } from "../arguments.ts";

/**
 * The beginning of a pipeline: a channel that delivers what the iterable or async iterable of `fn` gives.
 *
 * The source is asked for a value when somebody receives, so it never runs ahead. It gets a context of its own.
 *
 * Cancel: closes the channel with `ctx.err` as the cause, and ends the source by `return()`.
 * Close: when the source ends; with its error as the cause, if it fails. Leaving a `for await` over the channel cancels the source's
 * context and ends it.
 * Throws: TypeError for a bad argument.
 *
 * Go: the generator function of a pipeline, a goroutine that sends and selects on `ctx.Done()`.
 *
 * @example
 * ```ts
 * import { background } from "@conc/context";
 * import { generate } from "@conc/patterns";
 *
 * const numbers = generate(background(), function* () {
 *   for (let n = 1; ; n++) yield n;
 * });
 * for await (const n of numbers) {
 *   console.log(n);
 *   if (n === 2) break;
 * }
 * // => 1
 * // => 2
 * ```
 */
export function generate<T>(ctx: Context, fn: (ctx: Context) => Iterable<T> | AsyncIterable<T>): ReceiveChan<T> {
  checkContext(ctx);
  checkFunction("fn", fn);
  // It answers at once or by a promise, as its source does, which no type has a name for, and `from` takes.
  return from(new Generation(ctx, fn) as unknown as Iterable<T>, ctx);
}

type Next<T> = IteratorResult<T, unknown> | Promise<IteratorResult<T, unknown>>;

/** The source, as an iterator that ends its context when it ends. It begins when it is first asked. */
class Generation<T> {
  readonly #ctx: CancelContext;
  readonly #fn: (ctx: Context) => Iterable<T> | AsyncIterable<T>;
  #iterator: Iterator<T> | AsyncIterator<T> | undefined;

  constructor(ctx: Context, fn: (ctx: Context) => Iterable<T> | AsyncIterable<T>) {
    this.#ctx = withCancel(ctx);
    this.#fn = fn;
  }

  next(): Next<T> {
    try {
      this.#iterator ??= iteratorOf(this.#fn(this.#ctx));
      const answer = this.#iterator.next();
      if (!(answer instanceof Promise)) return this.#seen(answer as IteratorResult<T, unknown>);
      return answer.then((result) => this.#seen(result), this.#failed);
    } catch (error) {
      return this.#failed(error);
    }
  }

  return(): unknown {
    this.#ctx.cancel();
    return this.#iterator?.return?.();
  }

  [Symbol.iterator](): this {
    return this;
  }

  #seen(result: IteratorResult<T, unknown>): IteratorResult<T, unknown> {
    if (result.done === true) this.#ctx.cancel();
    return result;
  }

  readonly #failed = (error: unknown): never => {
    this.#ctx.cancel();
    throw error;
  };
}

function iteratorOf<T>(source: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  const { [Symbol.asyncIterator]: asyncIterate, [Symbol.iterator]: iterate } = (source ?? {}) as Partial<
    Iterable<T> & AsyncIterable<T>
  >;
  if (asyncIterate !== undefined) return asyncIterate.call(source as AsyncIterable<T>);
  if (iterate !== undefined) return iterate.call(source as Iterable<T>);
  throw new TypeError(`fn: expected a function that returns an iterable or async iterable, got ${describe(source)}`);
}
