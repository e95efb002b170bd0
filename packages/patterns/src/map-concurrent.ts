/*
 * Invariants:
 * - #running <= concurrency while items are taken, and the source is asked only while it is less: it never runs ahead of the work;
 * - the source is asked for one item at a time, so the index of an item is its place in the source;
 * - #over is written once. The call settles when it is set, nothing runs and the source is not being asked: it leaves nothing behind.
 */
import { from, type ReceiveChan, type Received } from "@conc/chan";
import { background, type CancelContext, type Context, withCancel } from "@conc/context";
import { checkFunction, completed, describe, failedWith, park, refusal, Waiter } from "@conc/internal";
import { checkContext, checkLimit } from "./arguments.ts";
import { begin } from "./begin.ts";
import { follows } from "./follows.ts";
import { leave } from "./leave.ts";

/** How {@link mapConcurrent} is run. */
export interface MapConcurrentOptions {
  /** How many items are worked on at a time. */
  readonly concurrency: number;
  /** What the context of `fn` is derived from; absent: `background()`. */
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
 * import { mapConcurrent } from "@conc/patterns";
 *
 * const doubled = await mapConcurrent([3, 1, 2], async (ctx, ms) => {
 *   await sleep(ms, ctx);
 *   return ms * 2;
 * }, { concurrency: 2 });
 * console.log(doubled); // => [ 6, 2, 4 ]
 * ```
 */
export function mapConcurrent<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  fn: (ctx: Context, item: T, index: number) => R | PromiseLike<R>,
  options: MapConcurrentOptions,
): Promise<R[]> {
  try {
    const { concurrency, ctx = background() } = options ?? {};
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

type Work<T, R> = (ctx: Context, item: T, index: number) => R | PromiseLike<R>;

/** Where items come from: an iterator that answers at once, or a channel. */
type Source<T> = Iterator<T> | ReceiveChan<T>;

function sourceOf<T>(items: Iterable<T> | AsyncIterable<T>): Source<T> {
  const { [Symbol.iterator]: iterate, [Symbol.asyncIterator]: asyncIterate } = (items ?? {}) as Partial<
    Iterable<T> & AsyncIterable<T>
  >;
  if (asyncIterate === undefined && iterate !== undefined) return iterate.call(items as Iterable<T>);
  if (asyncIterate === undefined) {
    throw new TypeError(`items: expected an iterable, an async iterable or a channel, got ${describe(items)}`);
  }
  return isChan<T>(items) ? items : from(items);
}

function isChan<T>(source: unknown): source is ReceiveChan<T> {
  return typeof (source as Partial<ReceiveChan<T>>).recv === "function";
}

class Mapping<T, R> extends Waiter {
  readonly #parent: Context;
  readonly #ctx: CancelContext;
  readonly #source: Source<T>;
  readonly #fn: Work<T, R>;
  readonly #concurrency: number;
  readonly #results: R[] = [];
  readonly #idle: Lane<T, R>[] = [];
  #taken = 0;
  // Lanes at work, and the source's clean-up.
  #running = 0;
  // The channel has been asked and has not answered yet.
  #asking = false;
  // No further item is taken: the source has ended, or something has failed.
  #over = false;
  #failure: { readonly reason: unknown } | undefined;
  // The context was done before the source had ended.
  #interrupted = false;

  constructor(parent: Context, source: Source<T>, fn: Work<T, R>, concurrency: number) {
    super();
    this.#parent = parent;
    this.#ctx = withCancel(parent);
    this.#source = source;
    this.#fn = fn;
    this.#concurrency = concurrency;
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

  /** Has a lane work on an item. */
  begin(lane: Lane<T, R>, item: T): void {
    const index = this.#taken++;
    lane.index = index;
    let result: unknown;
    // Written out, and not by a closure for each item: this is the hot path.
    try {
      result = this.#fn(this.#ctx, item, index);
    } catch (reason) {
      result = Promise.reject(reason);
    }
    (Promise.resolve(result) as Promise<R>).then(lane.onValue, lane.onFailure);
  }

  result(index: number, value: R): void {
    this.#results[index] = value;
  }

  /** A lane has its result, or its failure has been told: it takes the next item. */
  free(lane: Lane<T, R>): void {
    this.#running--;
    this.#idle.push(lane);
    this.#pump();
  }

  failed(reason: unknown): void {
    if (this.#failure === undefined && !follows(reason, this.#ctx)) this.#failure = { reason };
    else this.#interrupted = true;
    this.#stop(reason);
  }

  // Takes no further item, leaves the source, and cancels the work that runs.
  #stop(cause: unknown): void {
    this.#ctx.cancel(cause);
    if (this.#over) return;
    this.#over = true;
    this.#running++;
    const left = () => {
      this.#running--;
      this.#pump();
    };
    // An error of the source's clean-up gives way to the one that led to it, as in a `for await` that is left by a throw.
    begin(() => (isChan<T>(this.#source) ? leave(this.#source) : this.#source.return?.())).then(left, left);
  }

  // Takes items while there is room for them.
  #pump(): void {
    const source = this.#source;
    while (!this.#over && !this.#asking && this.#running < this.#concurrency) {
      if (isChan<T>(source)) {
        this.#asking = true;
        source.recv(this.#ctx).then(this.#onReceived, this.#onSourceFailed);
        continue;
      }
      try {
        const { value, done } = source.next();
        if (done === true) this.#over = true;
        else this.#start(value as T);
      } catch (reason) {
        this.failed(reason);
      }
    }
    if (this.#over && !this.#asking && this.#running === 0) this.#end();
  }

  readonly #onReceived = (received: Received<T>): void => {
    this.#asking = false;
    if (!received.ok) this.#over = true;
    else if (!this.#over) this.#start(received.value);
    this.#pump();
  };

  readonly #onSourceFailed = (reason: unknown): void => {
    this.#asking = false;
    this.failed(reason);
    this.#pump();
  };

  #start(item: T): void {
    this.#running++;
    this.begin(this.#idle.pop() ?? new Lane(this), item);
  }

  #end(): void {
    const { err } = this.#ctx;
    this.#ctx.cancel();
    if (this.#failure !== undefined) this.fail(this.#failure.reason);
    else if (this.#interrupted) this.fail(err);
    else this.settle(this.#results);
  }
}

// How many items a lane works on before it looks whether others should have their turn.
const itemsPerLook = 16;

/** Works on one item at a time. Its two reactions are made once and not for each item. */
class Lane<T, R> {
  readonly #mapping: Mapping<T, R>;
  /** Of the item that it works on. */
  index = 0;
  #untilLook = itemsPerLook;

  constructor(mapping: Mapping<T, R>) {
    this.#mapping = mapping;
  }

  readonly onValue = (value: R): void => {
    this.#mapping.result(this.index, value);
    this.#next();
  };

  readonly onFailure = (reason: unknown): void => {
    this.#mapping.failed(reason);
    this.#next();
  };

  // Items that need no waiting would never leave the microtask queue, and timers and I/O never get their turn.
  #next(): void {
    if (--this.#untilLook > 0) {
      this.#mapping.free(this);
      return;
    }
    this.#untilLook = itemsPerLook;
    void completed().then(() => this.#mapping.free(this));
  }
}
