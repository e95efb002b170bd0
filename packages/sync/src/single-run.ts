/*
 * Invariants, between any two calls:
 * R1 "idle": nothing is running and nobody waits; "running": #scope is the run's, everybody who came since waits;
 *    "done" and "failed": #outcome is kept, nobody waits
 * R2 one run at a time, none after "done", and none after "failed" unless failures are retried, when "failed" is "idle"
 */
import {
  checkFunction,
  completedWith,
  failedWith,
  park,
  refusal,
  type SignalSource,
  touch,
  Waiter,
  WaitList,
} from "@conc/internal";
import { MisuseError } from "./misuse-error.ts";
import { Scope } from "./scope.ts";

export interface SingleRunOptions {
  /** Whether a failed run is forgotten, so that the next call runs anew. */
  readonly retry: boolean;
  /** Whether callers get what the function returned; else `undefined`. */
  readonly keepValue: boolean;
}

/** One run of a function that many wait for: what Once, onceFunc and onceValue have in common. */
export class SingleRun<T> {
  readonly #waiters: WaitList;
  readonly #options: SingleRunOptions;
  #state: "idle" | "running" | "done" | "failed" = "idle";
  // The value or the error; written when a run ends.
  #outcome: unknown;
  #scope: Scope | undefined;

  constructor(owner: object, operation: string, options: SingleRunOptions) {
    this.#waiters = new WaitList(owner, operation);
    this.#options = options;
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
    try {
      checkFunction("fn", fn);
    } catch (error) {
      return failedWith(error);
    }
    touch(this.#waiters.owner, this.#waiters.operation);
    if (this.#state === "idle") {
      const failure = this.#begin(fn);
      if (failure !== undefined) return failedWith(failure.error);
    } else if (this.#state === "running" && this.#scope?.isCurrent() === true) {
      return failedWith(new MisuseError("sync: a Once was called from inside its own run, and would wait for itself"));
    }
    if (this.#state === "done") return completedWith(this.#outcome as T);
    if (this.#state === "failed") return failedWith(this.#outcome);
    const waiter = new Waiter();
    // Asked again: `fn` has run meanwhile, and may have cancelled.
    const cancelled = refusal(cancel);
    if (cancelled !== undefined) return cancelled;
    this.#waiters.push(waiter);
    return park(waiter, cancel);
  }

  // Calls `fn`. What it threw inside the call is handed back: with retries it is this caller's alone.
  #begin(fn: () => T | PromiseLike<T>): { error: unknown } | undefined {
    const scope = new Scope();
    this.#state = "running";
    this.#scope = scope;
    try {
      const result = scope.enter(fn);
      if (isThenable(result)) {
        void Promise.resolve(result).then(
          (value) => this.#succeed(value),
          (error: unknown) => this.#fail(error),
        );
      } else {
        this.#succeed(result);
      }
      return undefined;
    } catch (error) {
      this.#fail(error);
      return { error };
    }
  }

  #succeed(returned: T): void {
    const value = this.#options.keepValue ? returned : undefined;
    this.#end("done", value);
    for (let next = this.#waiters.shift(); next !== undefined; next = this.#waiters.shift()) next.settle(value);
  }

  #fail(error: unknown): void {
    if (this.#options.retry) this.#end("idle", undefined);
    else this.#end("failed", error);
    for (let next = this.#waiters.shift(); next !== undefined; next = this.#waiters.shift()) next.fail(error);
  }

  #end(state: "idle" | "done" | "failed", outcome: unknown): void {
    touch(this.#waiters.owner, "end");
    this.#state = state;
    this.#outcome = outcome;
    this.#scope?.leave();
    this.#scope = undefined;
  }
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
