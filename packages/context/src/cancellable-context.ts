import { dispose, releaseContext, runtime, type CancelSource } from "@conc/internal";
import { BaseContext } from "./base-context.ts";
import { CancelNode } from "./cancel-node.ts";
import { Ending } from "./ending.ts";
import type { CancelContext, Context } from "./types.ts";

/** A context with a place of its own in the tree of cancellation. */
export class CancellableContext extends BaseContext implements CancelContext {
  readonly #node: CancelNode;

  protected constructor(parent: Context, node: CancelNode) {
    super(parent, node);
    this.#node = node;
  }

  static below(parent: Context): CancellableContext {
    return new CancellableContext(parent, new CancelNode(BaseContext.stateOf(parent)));
  }

  /** Below `parent`, for `ms` milliseconds. */
  static during(parent: Context, ms: number, cause: unknown): CancellableContext {
    const node = new CancelNode(BaseContext.stateOf(parent));
    node.expireIn(ms, cause);
    return new DeadlineContext(parent, node);
  }

  /** Below `parent`, until `source` is cancelled. */
  static until(parent: Context, source: CancelSource): CancellableContext {
    const node = new CancelNode(BaseContext.stateOf(parent));
    node.link(source, () => Ending.canceled(source.reason));
    return new CancellableContext(parent, node);
  }

  cancel(cause?: unknown): void {
    this.#node.end(Ending.canceled(cause));
  }

  [dispose](): void {
    this.cancel();
  }

  /** @internal */
  [releaseContext](): void {
    this.#node.release();
  }

  protected override label(): string {
    return "WithCancel";
  }
}

class DeadlineContext extends CancellableContext {
  protected override label(): string {
    const { deadline } = this;
    if (deadline === undefined) return "WithTimeout(never)";
    return `WithTimeout(${deadline.toISOString()} [${deadline.getTime() - runtime.clock.date()}ms])`;
  }
}
