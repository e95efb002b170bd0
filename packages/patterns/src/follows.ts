import type { Context } from "@conc/context";

/** Whether a task failed with `reason` because its context was done, and not for a reason of its own. */
export function follows(reason: unknown, ctx: Context): boolean {
  const { err } = ctx;
  if (err === undefined) return false;
  if (reason === err || reason === ctx.cause) return true;
  const { name, cause } = (reason ?? {}) as Partial<Error>;
  return name === "AbortError" || cause === err;
}
