import { dispose, releaseContext } from "@conc/internal";
import { BaseContext } from "./base-context.ts";
import { CancelNode } from "./cancel-node.ts";
import { Ending } from "./ending.ts";
import type { CancelContext, Context } from "./types.ts";

/** A context with a place of its own in the tree of cancellation. */
export class CancellableContext extends BaseContext implements CancelContext {
  readonly #node: CancelNode;

  /** @param node its place, if it is to end by more than its own cancel and its parent's end */
  constructor(parent: Context, node: CancelNode = CancellableContext.nodeBelow(parent)) {
    super(parent, node);
    this.#node = node;
  }

  static nodeBelow(parent: Context): CancelNode {
    return new CancelNode(BaseContext.stateOf(parent));
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
