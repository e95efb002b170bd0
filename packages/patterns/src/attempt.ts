import { type CancelContext, type Context, withCancel } from "@conc/context";
import { releaseContext } from "@conc/internal";

type Releasable = CancelContext & { [releaseContext](): void };

/** One request of a race: which target it went to, when, and the context that ends it. */
export class Attempt<Target> {
  readonly target: Target;
  readonly index: number;
  /** 1 for the first that was sent. */
  readonly number: number;
  /** On the clock's monotonic time. */
  readonly sentAt: number;
  readonly ctx: CancelContext;

  constructor(parent: Context, target: Target, index: number, number: number, sentAt: number) {
    this.ctx = withCancel(parent);
    this.target = target;
    this.index = index;
    this.number = number;
    this.sentAt = sentAt;
  }

  /** Lets the context live on by itself: the answer it brought may still be read under it. */
  release(): void {
    (this.ctx as Releasable)[releaseContext]();
  }
}
