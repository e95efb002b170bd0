/*
 * Invariants:
 * - #running <= concurrency while items are taken, and the source is asked only while it is less: it never runs ahead of the work;
 * - the source is asked for one item at a time, so the index of an item is its place in the source;
 * - #over is written once. The call settles when it is set, nothing runs and the source is not being asked: it leaves nothing behind.
 */
import { from, type ReceiveChan, type Received } from "@conc/chan";
import { type CancelContext, type Context, withCancel } from "@conc/context";
import { checkFunction, describe, failedWith, nextTurn, park, refusal, turnIsOver, Waiter } from "@conc/internal";
import { checkContext, checkLimit } from "./arguments.ts";
import { begin } from "./begin.ts";
import { type ContextFirst, contextFirst } from "./context-first.ts";
import { follows } from "./follows.ts";
import { leave } from "./leave.ts";
import type { Work } from "./types.ts";

/** How {@link mapConcurrent} is run. */
export interface MapConcurrentOptions {
  /** How many items are worked on at a time. */
  readonly concurrency: number;
  /** The context, for who does not give it first. */
  readonly ctx?: Context;
}

/**
 * Calls `fn` with each item, for at most `concurrency` at a time, and gives the results in the order of the items.
 *
 * Items are taken from their source one at a time, when there is room for them: it may be endless, or slow.
 *
 * Blocks: until all have ended.
 * Cancel: no further item is taken, `ctx.err` is the error when those that run have ended.
 * Throws: (rejects with) the first error of `fn` or the source. Then the context of `fn` is cancelled, the source is left (a generator's
 * `finally` runs), and the call rejects when those that run have ended. TypeError or RangeError for a bad argument.
 *
 * Go: `errgroup` with `SetLimit`, writing to a slice by index.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { background, withTimeout } from "@conc/context";
 * import { mapConcurrent } from "@conc/patterns";
 *
 * using ctx = withTimeout(background(), 5_000);
 * const double = async (own: { signal: AbortSignal }, ms: number) => {
 *   await sleep(ms, own);
 *   return ms * 2;
 * };
 * const doubled = await mapConcurrent(ctx, [3, 1, 2], double, { concurrency: 2 });
 * console.log(doubled); // => [ 6, 2, 4 ]
 * ```
 */
export function mapConcurrent<T, R>(
  ctx: Context,
  items: Iterable<T> | AsyncIterable<T>,
  fn: Work<T, R>,
  options: MapConcurrentOptions & { readonly ctx?: never },
): Promise<R[]>;
/** The same with the context among the options, or else under `background()`. */
export function mapConcurrent<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  fn: Work<T, R>,
  options: MapConcurrentOptions,
): Promise<R[]>;
export function mapConcurrent<T, R>(
  ...args: ContextFirst<[items: Iterable<T> | AsyncIterable<T>, fn: Work<T, R>, options: MapConcurrentOptions]>
): Promise<R[]> {
  try {
    const [first, items, fn, options] = contextFirst(args);
    const { concurrency, ctx = first } = options ?? {};
    checkContext(ctx);
    const refused = refusal(ctx);
    if (refused !== undefined) return refused;
    checkFunction("fn", fn);
    checkLimit("concurrency", concurrency as number);
    return new Mapping(ctx, sourceOf(items), fn, concurrency as number).run();
  } catch (error) {
    return failedWith(error);
  }
}

/** Where items come from: an iterator, which answers at once, or else a channel; and how many there are, as far as that is known. */
type Source<T> =
  | { readonly iterator: Iterator<T>; readonly length?: number; readonly ch?: undefined }
  | { readonly ch: ReceiveChan<T>; readonly length?: undefined; readonly iterator?: undefined };

function sourceOf<T>(items: Iterable<T> | AsyncIterable<T>): Source<T> {
  const { [Symbol.iterator]: iterate, [Symbol.asyncIterator]: asyncIterate } = (items ?? {}) as Partial<
    Iterable<T> & AsyncIterable<T>
  >;
  if (iterate === Array.prototype[Symbol.iterator]) {
    const array = items as readonly T[];
    return { iterator: new ArrayItems(array), length: array.length };
  }
  if (asyncIterate === undefined && iterate !== undefined) return { iterator: iterate.call(items as Iterable<T>) };
  if (asyncIterate === undefined) {
    throw new TypeError(`items: expected an iterable, an async iterable or a channel, got ${describe(items)}`);
  }
  const isChan = typeof (items as Partial<ReceiveChan<T>>).recv === "function";
  return { ch: isChan ? (items as ReceiveChan<T>) : from(items) };
}

/** As an array's own iterator, without an object for each item: whoever asks reads the answer before asking again. */
class ArrayItems<T> implements Iterator<T> {
  readonly #items: readonly T[];
  readonly #result: { value: T; done: false } = { value: undefined as T, done: false };
  #at = 0;

  constructor(items: readonly T[]) {
    this.#items = items;
  }

  next(): IteratorResult<T, undefined> {
    if (this.#at >= this.#items.length) return { value: undefined, done: true };
    this.#result.value = this.#items[this.#at++] as T;
    return this.#result;
  }
}

class Mapping<T, R> extends Waiter {
  readonly #parent: Context;
  readonly #ctx: CancelContext;
  readonly #iterator: Iterator<T> | undefined;
  readonly #ch: ReceiveChan<T> | undefined;
  readonly #fn: Work<T, R>;
  readonly #concurrency: number;
  // Made as long as it will be, if that is known: growing would take a fifth of all the time.
  readonly #results: R[];
  #taken = 0;
  // Lanes at work, and the source's clean-up.
  #running = 0;
  // The source has been asked and has not answered yet.
  #asking = false;
  // No further item is taken: the source has ended, or something has failed.
  #over = false;
  #failure: { readonly reason: unknown } | undefined;
  // The context was done before the source had ended.
  #interrupted = false;

  constructor(parent: Context, { iterator, ch, length = 0 }: Source<T>, fn: Work<T, R>, concurrency: number) {
    super();
    this.#parent = parent;
    this.#ctx = withCancel(parent);
    this.#iterator = iterator;
    this.#ch = ch;
    this.#fn = fn;
    this.#concurrency = concurrency;
    this.#results = new Array<R>(length);
  }

  run(): Promise<R[]> {
    const promise = park<R[]>(this, this.#parent);
    this.#pump();
    return promise;
  }

  /** The caller's context is done. Nothing more is taken; the call ends when what runs has ended. */
  override onCancel(reason: unknown): void {
    // If everything was taken already, what counts is whether the work that runs is done all the same.
    if (!this.#over) this.#interrupted = true;
    this.#stop(reason);
    this.#pump();
  }

  #failed(reason: unknown): void {
    if (this.#failure === undefined && !follows(reason, this.#ctx)) this.#failure = { reason };
    else this.#interrupted = true;
    this.#stop(reason);
  }

  // Takes no further item, leaves the source, and cancels the work that runs.
  #stop(cause: unknown): void {
    this.#ctx.cancel(cause);
    if (this.#over) return;
    this.#over = true;
    // An iterator can not be left from inside its own `next()`, which has cancelled the work: it is when that has returned.
    if (this.#ch !== undefined || !this.#asking) this.#leave();
  }

  #leave(): void {
    this.#running++;
    const left = () => {
      this.#running--;
      this.#pump();
    };
    // An error of the source's clean-up gives way to the one that led to it, as in a `for await` that is left by a throw.
    begin(() => (this.#ch === undefined ? this.#iterator?.return?.() : leave(this.#ch))).then(left, left);
  }

  // Takes items while there is room for them.
  #pump(): void {
    while (!this.#over && !this.#asking && this.#running < this.#concurrency) {
      if (this.#ch === undefined) {
        const next = this.#next();
        if (next !== undefined) void this.#work(next.value);
      } else {
        this.#asking = true;
        this.#ch.recv(this.#ctx).then(this.#onReceived, this.#onSourceFailed);
      }
    }
    if (this.#over && !this.#asking && this.#running === 0) this.#end();
  }

  // The iterator's next item; at the end of it, or of the work, nothing.
  #next(): IteratorYieldResult<T> | undefined {
    if (this.#over || this.#iterator === undefined) return undefined;
    try {
      this.#asking = true;
      const next = this.#iterator.next();
      this.#asking = false;
      if (next.done === true) this.#over = true;
      else if (!this.#over) return next;
      else this.#leave();
    } catch (reason) {
      this.#asking = false;
      this.#failed(reason);
    }
    return undefined;
  }

  // A lane: works on an item, and then on the iterator's next ones for as long as there are some. What comes from a channel has a lane each.
  async #work(first: T): Promise<void> {
    this.#running++;
    let item = first;
    for (;;) {
      const index = this.#taken++;
      try {
        this.#results[index] = await this.#fn(this.#ctx, item, index);
      } catch (reason) {
        this.#failed(reason);
      }
      // Items that need no waiting would never leave the microtask queue, and timers and I/O never get their turn.
      if (turnIsOver()) await nextTurn(undefined);
      const next = this.#next();
      if (next === undefined) break;
      item = next.value;
    }
    this.#running--;
    this.#pump();
  }

  readonly #onReceived = (received: Received<T>): void => {
    this.#asking = false;
    if (!received.ok) this.#over = true;
    else if (!this.#over) void this.#work(received.value);
    this.#pump();
  };

  readonly #onSourceFailed = (reason: unknown): void => {
    this.#asking = false;
    this.#failed(reason);
    this.#pump();
  };

  #end(): void {
    const { err } = this.#ctx;
    this.#ctx.cancel();
    // The array may have become shorter since.
    this.#results.length = this.#taken;
    if (this.#failure !== undefined) this.fail(this.#failure.reason);
    else if (this.#interrupted) this.fail(err);
    else this.settle(this.#results);
  }
}
