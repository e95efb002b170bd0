import { runtime } from "@conc/internal";
import { CancellableContext } from "./cancellable-context.ts";
import type { Context } from "./types.ts";

/** A context that is done at `deadline`, on the clock's wall time, which is `ms` milliseconds from now. */
export class DeadlineContext extends CancellableContext {
  constructor(parent: Context, deadline: number, ms: number, cause: unknown) {
    const node = CancellableContext.nodeBelow(parent);
    super(parent, node);
    node.expireAt(deadline, ms, cause);
  }

  protected override label(): string {
    const { deadline } = this;
    if (deadline === undefined) return "WithTimeout(never)";
    return `WithTimeout(${deadline.toISOString()} [${deadline.getTime() - runtime.clock.date()}ms])`;
  }
}
