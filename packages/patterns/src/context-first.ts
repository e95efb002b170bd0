import { background, type Context } from "@conc/context";
import { checkContext, isSignal } from "./arguments.ts";
import { isContext } from "./is-context.ts";

/** The arguments of a call that may be given a context before all others. */
export type ContextFirst<Rest extends readonly unknown[]> = Rest | [ctx: Context, ...rest: Rest];

/** Such arguments with a context first in any case: `background()` if none was given. */
export function contextFirst<Rest extends readonly unknown[]>(args: ContextFirst<Rest>): [ctx: Context, ...rest: Rest] {
  const first: unknown = args[0];
  if (!isContext(first) && !isSignal(first)) return [background(), ...(args as unknown as Rest)];
  // A bare signal is refused here, with a hint.
  checkContext(first as Context);
  return args as [Context, ...Rest];
}
