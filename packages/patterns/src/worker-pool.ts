/*
 * Invariants:
 * - #running counts the tasks that have a worker: those that run, and those that were given one and start in a later microtask;
 * - #running < workers => #line is empty: a worker that becomes free is handed to the first in line, in the same step;
 * - somebody is in #roomLine => no place is free, in the queue or at a worker;
 * - the pool's context is done => #line and #roomLine are empty.
 */
import type { ReceiveChan } from "@conc/chan";
import { type CancelContext, type Context, withCancel } from "@conc/context";
import {
  checkFunction,
  checkWhole,
  completed,
  dispose,
  failedWith,
  park,
  refusal,
  type SignalSource,
  subscribe,
  Waiter,
  WaitList,
} from "@conc/internal";
import { checkContext, checkLimit } from "./arguments.ts";
import { begin } from "./begin.ts";
import { type ContextFirst, contextFirst } from "./context-first.ts";
import { loudly } from "./loudly.ts";
import { map } from "./pipeline/map.ts";
import { PoolClosedError } from "./pool-closed-error.ts";
import type { Work } from "./types.ts";

/** How a {@link WorkerPool} is made. */
export interface WorkerPoolOptions {
  /** How many tasks run at a time. */
  readonly workers: number;
  /** How many more tasks {@link WorkerPool.trySubmit} takes when all workers are busy; absent: none. */
  readonly queue?: number;
  /** What the tasks' contexts are derived from, for who does not give it first. */
  readonly ctx?: Context;
  /** Hears how far the pool is each time a task has ended. */
  readonly onProgress?: (stats: PoolStats) => void;
}

/** How far a {@link WorkerPool} is. The four numbers add up to all tasks that it has taken. */
export interface PoolStats {
  /** Tasks that a worker works on. */
  readonly running: number;
  /** Tasks that wait for a worker. */
  readonly waiting: number;
  /** Tasks that have ended well. */
  readonly done: number;
  /** Tasks that have ended with an error. */
  readonly failed: number;
}

/** A task of a pool. `ctx` is its own: done when the task has ended, when its submitter gives up, or with the pool's. */
export type PoolTask<R> = (ctx: Context) => R | PromiseLike<R>;

/**
 * A number of workers that take tasks from one queue: so many run at a time, and who brings too many waits.
 *
 * A pool holds on to its context until it has been closed and all tasks have ended; `using pool = new WorkerPool(...)` cancels what still
 * runs when the scope is left.
 *
 * Go: n goroutines that range over a channel of jobs.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { background } from "@conc/context";
 * import { WorkerPool } from "@conc/patterns";
 *
 * using pool = new WorkerPool(background(), { workers: 2 });
 * const sizes = ["a", "bb", "ccc"].map((text) =>
 *   pool.submit(async (ctx) => {
 *     await sleep(1, ctx);
 *     return text.length;
 *   }),
 * );
 * console.log(pool.stats); // => { running: 2, waiting: 1, done: 0, failed: 0 }
 * console.log(await Promise.all(sizes)); // => [ 1, 2, 3 ]
 * ```
 */
export class WorkerPool implements Disposable {
  readonly #ctx: CancelContext;
  readonly #workers: number;
  readonly #queue: number;
  readonly #onProgress: ((stats: PoolStats) => void) | undefined;
  readonly #line: WaitList = new WaitList(this, "submit", () => this.#onRoom());
  readonly #roomLine: WaitList = new WaitList(this, "room");
  readonly #idleLine: WaitList = new WaitList(this, "wait");
  #running = 0;
  #done = 0;
  #failed = 0;
  #closed = false;

  /**
   * @param ctx what the tasks' contexts are derived from; absent: `background()`
   * @throws RangeError if `workers` is not a whole number >= 1 or `queue` not one >= 0
   */
  constructor(ctx: Context, options: WorkerPoolOptions & { readonly ctx?: never });
  /** The same with the context among the options, or else under `background()`. */
  constructor(options: WorkerPoolOptions);
  constructor(...args: ContextFirst<[options: WorkerPoolOptions]>) {
    const [first, { workers, queue = 0, ctx = first, onProgress }] = contextFirst(args);
    checkLimit("workers", workers);
    if (queue !== Number.POSITIVE_INFINITY) checkWhole("queue", queue, 0);
    checkContext(ctx);
    if (onProgress !== undefined) checkFunction("onProgress", onProgress);
    this.#ctx = withCancel(ctx);
    this.#workers = workers;
    this.#queue = queue;
    this.#onProgress = onProgress && loudly(onProgress);
    if (this.#ctx.err === undefined) subscribe(this.#ctx, { onCancel: (reason) => this.#onCancel(reason) });
  }

  /** How far the pool is. */
  get stats(): PoolStats {
    return { running: this.#running, waiting: this.#line.size, done: this.#done, failed: this.#failed };
  }

  /**
   * Has `task` done by a worker, and gives its result. It starts inside the call if a worker is free.
   *
   * Blocks: until the task has ended. When all workers are busy, it waits in line, however long that is; {@link room} is for producers
   * that should wait before they bring more.
   * Cancel: gives up waiting, with the source's reason; a task that runs is cancelled through its context, and its worker is free when it has
   * ended. When the pool's context is done, whoever waits in line gets `ctx.err`.
   * Order: first come, first served.
   * Close: rejects with {@link PoolClosedError}.
   * Throws: (rejects with) what the task throws or rejects with.
   */
  submit<R>(task: PoolTask<R>, cancel?: SignalSource): Promise<R> {
    const refused = this.#refusal(task, cancel);
    if (refused !== undefined) return refused;
    if (this.#running < this.#workers) {
      this.#running++;
      return this.#run(task, cancel);
    }
    // By a reaction, not from within the task that made room: so the task runs in the async context of this call.
    return this.#line.wait<void>(cancel).then(() => this.#run(task, cancel));
  }

  /**
   * As {@link submit} if a worker or a place in the queue is free; `undefined` if neither is so.
   *
   * @throws PoolClosedError if the pool is closed, and `ctx.err` if its context is done
   */
  trySubmit<R>(task: PoolTask<R>): Promise<R> | undefined {
    checkFunction("task", task);
    if (this.#ctx.err !== undefined && !this.#closed) throw this.#ctx.err;
    if (this.#closed) throw new PoolClosedError();
    return this.#hasRoom() ? this.submit(task) : undefined;
  }

  /**
   * Waits until a task would be taken at once, by a worker or the queue: backpressure for producers.
   *
   * Blocks: until there is room. All who wait are told; who comes too late with its task waits in line.
   * Cancel: rejects with the source's reason, or `ctx.err` of the pool's.
   * Close: rejects with {@link PoolClosedError}.
   */
  room(cancel?: SignalSource): Promise<void> {
    const refused = this.#refusal(noTask, cancel);
    if (refused !== undefined) return refused;
    if (this.#hasRoom()) return completed();
    return this.#roomLine.wait(cancel);
  }

  /**
   * Does `fn` with each item of `input`, by this pool's workers, and gives a channel of the results: in the order of the items, or with
   * `ordered: false` as they are done. Items are taken when there is room for them. All else is as for the pipeline's `map`.
   */
  map<T, R>(input: ReceiveChan<T>, fn: Work<T, R>, options: { readonly ordered?: boolean } = {}): ReceiveChan<R> {
    checkFunction("fn", fn);
    return map(this.#ctx, input, (ctx, item, index) => this.submit((own) => fn(own, item, index), ctx), {
      ...options,
      concurrency: this.#workers,
    });
  }

  /** Takes no more tasks; those that it has taken are done. Closing again changes nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#roomLine.drain((waiter) => waiter.fail(new PoolClosedError()));
    this.#onEnd();
  }

  /**
   * Waits until no task runs and none waits for a worker.
   *
   * Cancel: gives up waiting, with the source's reason. What tasks fail with is for who submitted them.
   */
  wait(cancel?: SignalSource): Promise<void> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    if (this.#running === 0) return completed();
    return this.#idleLine.wait(cancel);
  }

  /** Closes the pool and cancels what it has taken. */
  [dispose](): void {
    this.close();
    this.#ctx.cancel();
  }

  #onCancel(reason: unknown): void {
    for (const line of [this.#line, this.#roomLine]) line.drain((waiter) => waiter.fail(reason));
  }

  #refusal(task: unknown, cancel: SignalSource | undefined): Promise<never> | undefined {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    try {
      checkFunction("task", task);
    } catch (error) {
      return failedWith(error);
    }
    return this.#closed ? failedWith(new PoolClosedError()) : refusal(this.#ctx);
  }

  #hasRoom(): boolean {
    return this.#running < this.#workers || this.#line.size < this.#queue;
  }

  // The task has its worker already.
  #run<R>(task: PoolTask<R>, cancel: SignalSource | undefined): Promise<R> {
    // Either may have been cancelled between the task's being given the worker and this.
    const refused = refusal(cancel) ?? refusal(this.#ctx);
    if (refused !== undefined) {
      this.#free();
      return refused;
    }
    const job = new Job(withCancel(this.#ctx));
    const promise = park<R>(job, cancel);
    begin(() => task(job.ctx)).then(
      (value) => {
        this.#done++;
        if (!job.isAbandoned) job.settle(value);
        this.#ended(job);
      },
      (reason: unknown) => {
        this.#failed++;
        if (!job.isAbandoned) job.fail(reason);
        this.#ended(job);
      },
    );
    return promise;
  }

  #ended(job: Job): void {
    job.ctx.cancel();
    this.#free();
    this.#onProgress?.(this.stats);
  }

  // A worker has nothing to do: it takes the first in line.
  #free(): void {
    this.#running--;
    const next = this.#line.shift();
    if (next !== undefined) {
      this.#running++;
      next.settle(undefined);
    }
    this.#onRoom();
    this.#onEnd();
  }

  #onRoom(): void {
    if (!this.#hasRoom()) return;
    this.#roomLine.drain((waiter) => waiter.settle(undefined));
  }

  #onEnd(): void {
    if (this.#running > 0) return;
    this.#idleLine.drain((waiter) => waiter.settle(undefined));
    // Nothing will come any more: the parent need not hold on to the pool.
    if (this.#closed) this.#ctx.cancel();
  }
}

const noTask = () => {};

/** A task that runs: its submitter's wait, and its context. Who gives up waiting cancels the task. */
class Job extends Waiter {
  readonly ctx: CancelContext;
  // Written once: the submitter has given up, and was told so.
  isAbandoned = false;

  constructor(ctx: CancelContext) {
    super();
    this.ctx = ctx;
  }

  override onCancel(reason: unknown): void {
    this.isAbandoned = true;
    this.ctx.cancel(reason);
    super.onCancel(reason);
  }
}
