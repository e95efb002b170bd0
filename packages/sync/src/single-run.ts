/*
 * Invariants, between any two calls:
 * R1 "running": #scope is the run's, and everybody who came since waits; else nobody waits
 * R2 "done" and "failed": #outcome is that of the one run; "idle": nobody asks for it
 * R3 one run at a time, none after "done", and none after "failed" unless failures are retried, when "failed" is "idle"
 */
import {
  checkFunction,
  completedWith,
  failedWith,
  refusal,
  type SignalSource,
  touch,
  type Waiter,
  WaitList,
} from "@conc/internal";
import { MisuseError } from "./misuse-error.ts";
import { Scope } from "./scope.ts";
import { tellAll } from "./tell-all.ts";

/** One run of a function that many wait for: what Once, onceFunc and onceValue have in common. */
export class SingleRun<T> {
  readonly #waiters: WaitList;
  readonly #keepsValue: boolean;
  readonly #retries: boolean;
  #state: "idle" | "running" | "done" | "failed" = "idle";
  // Gives what the last run came to.
  #outcome!: () => Promise<T>;
  #scope!: Scope;

  /**
   * @param keepsValue whether callers get what the function returned; else `undefined`
   * @param retries whether a failed run is forgotten, so that the next call runs anew
   */
  constructor(owner: object, operation: string, keepsValue = false, retries = false) {
    this.#waiters = new WaitList(owner, operation);
    this.#keepsValue = keepsValue;
    this.#retries = retries;
  }

  get state(): "idle" | "running" | "done" | "failed" {
    touch(this.#waiters.owner, "read");
    return this.#state;
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  /** The outcome of the one run, which this call begins with `fn` if there is none. */
  get(fn: () => T | PromiseLike<T>, cancel: SignalSource | undefined): Promise<T> {
    const refused = refusal(cancel);
    if (refused !== undefined) return refused;
    touch(this.#waiters.owner, this.#waiters.operation);
    try {
      checkFunction("fn", fn);
      if (this.#state === "idle") this.#begin(fn);
      else if (this.#state === "running" && this.#scope.isCurrent()) {
        throw new MisuseError("sync: a Once was called from inside its own run, and would wait for itself");
      }
    } catch (error) {
      return failedWith(error);
    }
    if (this.#state !== "running") return this.#outcome();
    // Asked again: `fn` has run meanwhile, and may have cancelled.
    return refusal(cancel) ?? this.#waiters.wait(cancel);
  }

  #begin(fn: () => T | PromiseLike<T>): void {
    this.#scope = new Scope();
    this.#state = "running";
    try {
      const result = this.#scope.enter(fn);
      if (typeof (result as PromiseLike<T> | undefined)?.then !== "function") {
        this.#succeed(result as T);
        return;
      }
      void Promise.resolve(result).then(
        (value) => this.#succeed(value),
        (error: unknown) => this.#fail(error),
      );
    } catch (error) {
      this.#fail(error);
    }
  }

  #succeed(returned: T): void {
    const value = this.#keepsValue ? returned : undefined;
    this.#end(
      "done",
      () => completedWith(value as T),
      (waiter) => waiter.settle(value),
    );
  }

  #fail(error: unknown): void {
    this.#end(
      this.#retries ? "idle" : "failed",
      () => failedWith(error),
      (waiter) => waiter.fail(error),
    );
  }

  #end(state: "idle" | "done" | "failed", outcome: () => Promise<T>, tell: (waiter: Waiter) => void): void {
    touch(this.#waiters.owner, "end");
    this.#scope.leave();
    this.#state = state;
    this.#outcome = outcome;
    tellAll(this.#waiters, tell);
  }
}
