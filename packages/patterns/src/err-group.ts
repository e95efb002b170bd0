/*
 * Invariants:
 * - #running counts the tasks that have a place: those that run, and those that were given one and start in a later microtask;
 * - #running < #limit => nobody waits in #queue: a place that becomes free is handed to the first in line, in the same step;
 * - the group's context is done => #queue is empty, and no task is taken in any more;
 * - #failure is written once, by the first task that failed for a reason of its own.
 */
import { background, type CancelContext, type Context, withCancel } from "@conc/context";
import {
  type CancelSource,
  checkFunction,
  completed,
  failedWith,
  nextTurn,
  refusal,
  type SignalSource,
  sourceOf,
  turnIsOver,
  WaitList,
} from "@conc/internal";
import { checkLimit } from "./arguments.ts";
import { follows } from "./follows.ts";

const started: Promise<void> = Promise.resolve();

/** A task of a group. `ctx` is cancelled when another task has failed, or the group's parent is done. */
export type GroupTask = (ctx: Context) => unknown;

/** How an {@link ErrGroup} is made. */
export interface ErrGroupOptions {
  /** How many tasks may run at a time; absent or Infinity: any number. */
  readonly limit?: number;
}

/**
 * Tasks that belong together: the first failure cancels the others, and `wait` tells it when all have ended.
 *
 * The group's error is the first that a task failed with for a reason of its own. The cancellations that follow from it never take
 * its place, and neither does the end of the parent; both stand in {@link ErrGroup.errors}. If no task failed for its own reason, but the
 * parent was done before all tasks were, the group's error is that of the context.
 *
 * A group is for one use: when `wait` has settled its context is done.
 *
 * Go: `errgroup.WithContext`, with the task getting the context.
 *
 * @example
 * ```ts
 * import { sleep } from "@conc/chan";
 * import { background } from "@conc/context";
 * import { ErrGroup } from "@conc/patterns";
 *
 * const group = new ErrGroup(background());
 * await group.go((ctx) => sleep(60_000, ctx));
 * await group.go(() => Promise.reject(new Error("no such host")));
 * await group.wait().catch((err) => console.log(err.message)); // => no such host
 * console.log(group.errors.length); // => 2
 * ```
 */
export class ErrGroup {
  readonly #ctx: CancelContext;
  // The context's own word for whether it is done: asked twice a task, so without the way through the context.
  readonly #source: CancelSource;
  readonly #queue: WaitList = new WaitList(this, "go");
  readonly #waiters: WaitList = new WaitList(this, "wait");
  readonly #errors: unknown[] = [];
  readonly #onEnd = () => this.#end();
  readonly #onFail = (reason: unknown) => this.#fail(reason);
  #limit = Number.POSITIVE_INFINITY;
  #running = 0;
  #failure: { readonly reason: unknown } | undefined;
  // The parent was done before the tasks were.
  #interrupted = false;
  #closed = false;
  // For those who start tasks when the turn is over; until the next turn.
  #later: Promise<void> | undefined;

  /**
   * @param parent what the tasks' context is derived from; absent: `background()`
   * @throws RangeError if `limit` is not a whole number >= 1 or Infinity
   */
  constructor(parent: Context = background(), options: ErrGroupOptions = {}) {
    this.#ctx = withCancel(parent);
    this.#source = sourceOf(this.#ctx);
    if (options.limit !== undefined) this.setLimit(options.limit);
  }

  /** What the tasks run under: done at the first failure, at the end of the parent, and when `wait` has settled. */
  get ctx(): Context {
    return this.#ctx;
  }

  /** What tasks failed with, in the order they did, cancellations included. */
  get errors(): readonly unknown[] {
    return this.#errors;
  }

  /**
   * Starts `fn`, inside the call if the limit allows, and resolves when it has been started. What `fn` throws or rejects with is for `wait`.
   *
   * Blocks: while as many tasks run as the limit allows.
   * Cancel: a group whose context is done takes no task: rejects with the group's error, `fn` is never called. Who does not await
   * that rejection misses nothing: `wait` tells the same.
   * Order: first come, first started.
   *
   * Go: `g.Go(f)`, which calls `f` even after the group has failed.
   */
  go(fn: GroupTask): Promise<void> {
    try {
      checkFunction("fn", fn);
    } catch (error) {
      return failedWith(error);
    }
    if (this.#source.cancelled) return this.#refusal();
    if (this.#running < this.#limit) {
      this.#running++;
      this.#start(fn);
      return turnIsOver() ? this.#nextTurn() : started;
    }
    // By a reaction, not from within the task that made room: so `fn` runs in the async context of this call.
    return observed(
      this.#queue.wait<void>(this.#ctx).then(
        () => this.#enter(fn),
        () => this.#refusal(),
      ),
    );
  }

  /**
   * Starts `fn` if the limit allows; false if it does not, or if the group's context is done. Never waits.
   *
   * Go: `g.TryGo(f)`.
   */
  tryGo(fn: GroupTask): boolean {
    checkFunction("fn", fn);
    if (this.#source.cancelled || this.#running >= this.#limit) return false;
    this.#running++;
    this.#start(fn);
    return true;
  }

  /**
   * Sets how many tasks may run at a time. More: those that wait are started. Fewer: no running task is ended.
   *
   * @throws RangeError if `n` is not a whole number >= 1 or Infinity
   *
   * Go: `g.SetLimit(n)`, which must not be called while tasks run.
   */
  setLimit(n: number): void {
    checkLimit("limit", n);
    this.#limit = n;
    while (this.#running < this.#limit && this.#queue.size > 0) this.#admit();
  }

  /**
   * Waits until every task has ended, those that still wait for a place included.
   *
   * Blocks: until then. It never leaves a task running behind, however early the first failure was.
   * Cancel: gives up waiting, rejects with the source's reason; the tasks go on.
   * Throws: (rejects with) the group's error.
   *
   * Go: `g.Wait()`.
   */
  wait(cancel?: SignalSource): Promise<void> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    if (this.#running === 0) {
      this.#close();
      const error = this.#error();
      return error === undefined ? completed() : failedWith(error.reason);
    }
    return this.#waiters.wait(cancel);
  }

  // Tasks are mostly started many in a row, and few who start them wait for that: one promise does for all, until the next turn.
  #nextTurn(): Promise<void> {
    this.#later ??= nextTurn<void>(undefined).then(() => {
      this.#later = undefined;
    });
    return this.#later;
  }

  // A task from the line, which was given its place. If the group has failed since, it gives the place back.
  #enter(fn: GroupTask): Promise<never> | undefined {
    if (!this.#source.cancelled) {
      this.#start(fn);
      return undefined;
    }
    const refused = this.#refusal();
    this.#end();
    return refused;
  }

  #start(fn: GroupTask): void {
    // Written out, and not by a closure for each task: this is the group's hot path.
    let result: unknown;
    try {
      result = fn(this.#ctx);
    } catch (reason) {
      result = Promise.reject(reason);
    }
    Promise.resolve(result).then(this.#onEnd, this.#onFail);
  }

  #fail(reason: unknown): void {
    this.#errors.push(reason);
    if (this.#failure === undefined && !follows(reason, this.#ctx)) {
      this.#failure = { reason };
      this.#ctx.cancel(reason);
    }
    this.#end();
  }

  #end(): void {
    if (this.#source.cancelled) this.#interrupted = true;
    this.#running--;
    if (this.#running < this.#limit && this.#queue.size > 0) this.#admit();
    if (this.#running > 0 || this.#waiters.size === 0) return;
    this.#close();
    const error = this.#error();
    this.#waiters.drain((waiter) => (error === undefined ? waiter.settle(undefined) : waiter.fail(error.reason)));
  }

  // Hands a free place to the first in line.
  #admit(): void {
    this.#running++;
    this.#queue.shift()?.settle(undefined);
  }

  // All tasks have ended and somebody has waited for that.
  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ctx.cancel(this.#failure?.reason);
  }

  #error(): { readonly reason: unknown } | undefined {
    if (this.#failure !== undefined) return this.#failure;
    return this.#interrupted ? { reason: this.#ctx.err } : undefined;
  }

  // A task that is not taken in is work left undone: `wait` must not tell of success.
  #refusal(): Promise<never> {
    if (!this.#closed) this.#interrupted = true;
    return observed(failedWith((this.#failure ?? { reason: this.#ctx.err }).reason));
  }
}

/** Takes the sting out of a rejection that is told elsewhere too. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
