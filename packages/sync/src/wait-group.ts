/*
 * Invariants, between any two calls:
 * W1 #count >= 0
 * W2 #count is 0 => nobody waits
 * W3 #errors are those of the tasks of this round, in the order they failed; a round begins when #count leaves 0
 * W4 #outcome tells how the last round ended; while #count is not 0 it is not asked
 */
import {
  checkFunction,
  completed,
  describe,
  failedWith,
  idle,
  refusal,
  type SignalSource,
  spawn,
  touch,
  type Waiter,
  WaitList,
} from "@conc/internal";
import { firstInLine } from "./first-in-line.ts";
import { MisuseError } from "./misuse-error.ts";
import { Primitive } from "./primitive.ts";
import { print } from "./print.ts";
import { tellAll } from "./tell-all.ts";

/**
 * Waits for a number of tasks to end. It may be used again when its counter has come to zero.
 *
 * Go: `sync.WaitGroup`.
 *
 * @example
 * ```ts
 * import { WaitGroup } from "@conc/sync";
 *
 * const wg = new WaitGroup();
 * for (const name of ["SBG", "GRA", "BHS"]) {
 *   wg.go(async () => console.log(`asking ${name}`));
 * }
 * await wg.wait();
 * console.log("all have answered");
 * // => asking SBG
 * // => asking GRA
 * // => asking BHS
 * // => all have answered
 * ```
 */
export class WaitGroup extends Primitive {
  readonly #waiters: WaitList = new WaitList(this, "wait");
  #count = 0;
  #errors: unknown[] = [];
  #outcome: () => Promise<void> = completed;

  /** The counter: how many tasks have not ended. */
  get count(): number {
    touch(this, "read");
    return this.#count;
  }

  /** How many calls wait for the tasks. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /**
   * Adds `n` tasks to the counter; a negative `n` takes as many off. At zero all who wait go on.
   *
   * @throws MisuseError if the counter would be negative, RangeError if `n` is not a whole number; the counter is as it was
   *
   * Go: `wg.Add(n)`.
   */
  add(n = 1): void {
    if (!Number.isSafeInteger(n)) throw new RangeError(`n: expected a whole number, got ${describe(n)}`);
    touch(this, n > 0 ? "add" : "done");
    const count = this.#count + n;
    if (count < 0) throw new MisuseError("sync: negative WaitGroup counter");
    if (this.#count === 0 && n > 0) this.#outcome = completed;
    this.#count = count;
    if (count === 0 && n < 0) this.#endRound();
  }

  /**
   * Says that one task has ended.
   *
   * @throws MisuseError if there is none
   *
   * Go: `wg.Done()`.
   */
  done(): void {
    this.add(-1);
  }

  /**
   * Waits until the counter is zero.
   *
   * When tasks started by {@link go} have failed, rejects, at zero and not before: with the error, or with an AggregateError of all
   * of them. It does so for every `wait` until the next round of tasks begins.
   *
   * Blocks: while the counter is not zero.
   * Cancel: rejects with the source's reason; the tasks run on.
   *
   * Go: `wg.Wait()`.
   */
  wait(cancel?: SignalSource): Promise<void> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this, "wait");
    if (this.#count === 0) return this.#outcome();
    return this.#waiters.wait(cancel);
  }

  /**
   * Runs `fn` as a task of the group: `add(1)` now, `fn` in a later microtask and in the async context of this call, `done()` when
   * it has ended.
   *
   * What `fn` throws, or its promise rejects with, is told by {@link wait}. If nobody waits when the counter comes to zero, it
   * is an unhandled rejection, which ends the process, as a panic does in Go.
   *
   * @throws TypeError if `fn` is not a function
   *
   * Go: `wg.Go(fn)`.
   */
  go(fn: () => unknown): void {
    checkFunction("fn", fn);
    this.add(1);
    void spawn(fn).then(
      () => this.done(),
      (error: unknown) => this.#fail(error),
    );
  }

  /** For example `WaitGroup(2 running, 1 waiting)`. */
  toString(): string {
    return print("WaitGroup", this.name, `${this.#count} running`, this.waiting);
  }

  /** @internal */
  get [idle](): boolean {
    return this.#count === 0;
  }

  // A task has failed. Somebody may have called `done` in its place: then its error goes along with the complaint.
  #fail(error: unknown): void {
    if (this.#count === 0) throw new MisuseError("sync: negative WaitGroup counter", { cause: error });
    this.#errors.push(error);
    this.done();
  }

  #endRound(): void {
    const errors = this.#errors;
    let tell = (waiter: Waiter): void => waiter.settle(undefined);
    if (errors.length > 0) {
      this.#errors = [];
      const reason = errors.length === 1 ? errors[0] : new AggregateError(errors, `${errors.length} tasks failed`);
      // An unhandled rejection, unless a `wait` takes it at once.
      const untold = firstInLine(this.#waiters) === null ? failedWith(reason) : undefined;
      this.#outcome = () => untold ?? failedWith(reason);
      tell = (waiter) => waiter.fail(reason);
    }
    tellAll(this.#waiters, tell);
  }
}
