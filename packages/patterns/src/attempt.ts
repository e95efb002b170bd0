import { type CancelContext, type Context, withCancel } from "@conc/context";
import { releaseContext, runtime } from "@conc/internal";
import { begin } from "./begin.ts";
import type { Work } from "./types.ts";

type Releasable = CancelContext & { [releaseContext](): void };

/** One request of a race: which target it went to, when, and the context that ends it. */
export class Attempt<Target> {
  readonly target: Target;
  readonly index: number;
  /** 1 for the first that was sent. */
  readonly number: number;
  readonly ctx: CancelContext;
  // On the clock's monotonic time.
  readonly #sentAt = runtime.clock.now();

  constructor(parent: Context, target: Target, index: number, number: number) {
    this.ctx = withCancel(parent);
    this.target = target;
    this.index = index;
    this.number = number;
  }

  /** For how many milliseconds it has been running. */
  get elapsed(): number {
    return runtime.clock.now() - this.#sentAt;
  }

  /** Asks the target. */
  ask<R>(fn: Work<Target, R>): Promise<R> {
    return begin(() => fn(this.ctx, this.target, this.index));
  }

  /** Lets the context live on by itself: the answer it brought may still be read under it. */
  release(): void {
    (this.ctx as Releasable)[releaseContext]();
  }
}
