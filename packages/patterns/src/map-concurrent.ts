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
    return new Mapping(withCancel(ctx), sourceOf(items), fn, concurrency as number).run();
  } catch (error) {
    return failedWith(error);
  }
}

type Work<T, R> = (ctx: Context, item: T, index: number) => R | PromiseLike<R>;

/** Where items come from. */
interface Source<T> {
  /** The next item, or a promise of it, or that there are no more. */
  next(ctx: Context): Received<T> | Promise<Received<T>>;
  leave(): unknown;
}

function sourceOf<T>(items: Iterable<T> | AsyncIterable<T>): Source<T> {
  const { [Symbol.iterator]: iterate, [Symbol.asyncIterator]: asyncIterate } = (items ?? {}) as Partial<
    Iterable<T> & AsyncIterable<T>
  >;
  if (asyncIterate === undefined && iterate !== undefined) return ofIterator(iterate.call(items as Iterable<T>));
  if (asyncIterate === undefined) {
    throw new TypeError(`items: expected an iterable, an async iterable or a channel, got ${describe(items)}`);
  }
  const isChan = typeof (items as Partial<ReceiveChan<T>>).recv === "function";
  const ch = isChan ? (items as ReceiveChan<T>) : from(items);
  return { next: (ctx) => ch.recv(ctx), leave: () => leave(ch) };
}

function ofIterator<T>(iterator: Iterator<T>): Source<T> {
  return {
    next: () => {
      const { value, done } = iterator.next();
      return done === true ? { value: undefined, ok: false } : { value, ok: true };
    },
    leave: () => iterator.return?.(),
  };
}

class Mapping<T, R> extends Waiter {
  readonly #ctx: CancelContext;
  readonly #source: Source<T>;
  readonly #fn: Work<T, R>;
  readonly #concurrency: number;
  readonly #results: R[] = [];
  readonly #idle: Lane<T, R>[] = [];
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

  constructor(ctx: CancelContext, source: Source<T>, fn: Work<T, R>, concurrency: number) {
    super();
    this.#ctx = ctx;
    this.#source = source;
    this.#fn = fn;
    this.#concurrency = concurrency;
  }

  get fn(): Work<T, R> {
    return this.#fn;
  }

  get ctx(): Context {
    return this.#ctx;
  }

  run(): Promise<R[]> {
    const promise = park<R[]>(this);
    this.#pump();
    return promise;
  }

  /** A lane has its result, or its failure has been told: it takes the next item. */
  free(lane: Lane<T, R>): void {
    this.#running--;
    this.#idle.push(lane);
    this.#pump();
  }

  result(index: number, value: R): void {
    this.#results[index] = value;
  }

  failed(reason: unknown): void {
    if (this.#failure === undefined && !follows(reason, this.#ctx)) this.#failure = { reason };
    else this.#interrupted = true;
    this.#stop(reason);
  }

  // Takes items while there is room for them.
  #pump(): void {
    while (!this.#over && !this.#asking && this.#running < this.#concurrency) {
      if (this.#ctx.err !== undefined) {
        this.failed(this.#ctx.err);
        break;
      }
      try {
        const received = this.#source.next(this.#ctx);
        if (received instanceof Promise) {
          this.#asking = true;
          received.then(this.#onReceived, this.#onSourceFailed);
        } else {
          this.#start(received);
        }
      } catch (reason) {
        this.failed(reason);
      }
    }
    if (this.#over && !this.#asking && this.#running === 0) this.#end();
  }

  readonly #onReceived = (received: Received<T>): void => {
    this.#asking = false;
    this.#start(received);
    this.#pump();
  };

  readonly #onSourceFailed = (reason: unknown): void => {
    this.#asking = false;
    this.failed(reason);
    this.#pump();
  };

  #start(received: Received<T>): void {
    if (!received.ok) {
      this.#over = true;
      return;
    }
    this.#running++;
    (this.#idle.pop() ?? new Lane(this)).work(received.value, this.#taken++);
  }

  #stop(cause: unknown): void {
    if (this.#over && this.#ctx.err !== undefined) return;
    this.#ctx.cancel(cause);
    if (this.#over) return;
    this.#over = true;
    this.#running++;
    const left = () => {
      this.#running--;
      this.#pump();
    };
    // An error of the source's clean-up gives way to the one that led to it, as in a `for await` that is left by a throw.
    begin(() => this.#source.leave()).then(left, left);
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
  #index = 0;
  #untilLook = itemsPerLook;

  constructor(mapping: Mapping<T, R>) {
    this.#mapping = mapping;
  }

  work(item: T, index: number): void {
    this.#index = index;
    const { fn, ctx } = this.#mapping;
    begin(() => fn(ctx, item, index)).then(this.#onValue, this.#onFailure);
  }

  readonly #onValue = (value: R): void => {
    this.#mapping.result(this.#index, value);
    this.#next();
  };

  readonly #onFailure = (reason: unknown): void => {
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
