import type { ReceiveChan } from "@conc/chan";
import { type Context, withCancel } from "@conc/context";
import { causeOf } from "../cause-of.ts";
import { Outlet } from "../outlet.ts";

/**
 * Runs `body`, which fills the channel that this gives. When it ends the channel is closed; with its error as the cause, if it fails.
 * Leaving a loop over the channel cancels the context of `body`.
 */
export function stage<T>(
  parent: Context,
  capacity: number,
  body: (ctx: Context, out: Outlet<T>) => Promise<void>,
): ReceiveChan<T> {
  const ctx = withCancel(parent);
  const out = new Outlet<T>(capacity, () => ctx.cancel());
  run(
    () => body(ctx, out),
    [out],
    () => ctx.cancel(),
  );
  return out;
}

/** As {@link stage}, with `n` channels. One that is left is closed; when all are, the context of `body` is cancelled. */
export function forkStage<T>(
  parent: Context,
  n: number,
  body: (ctx: Context, outs: readonly Outlet<T>[]) => Promise<void>,
): ReceiveChan<T>[] {
  const ctx = withCancel(parent);
  const outs = Array.from({ length: n }, () => {
    const out: Outlet<T> = new Outlet(0, () => {
      out.finish();
      if (outs.every(({ open }) => !open)) ctx.cancel();
    });
    return out;
  });
  run(
    () => body(ctx, outs),
    outs,
    () => ctx.cancel(),
  );
  return outs;
}

function run(body: () => Promise<void>, outs: readonly Pick<Outlet<unknown>, "finish">[], end: () => void): void {
  const finish = (cause?: unknown) => {
    for (const out of outs) out.finish(cause);
    end();
  };
  body().then(
    () => finish(),
    (reason: unknown) => finish(causeOf(reason)),
  );
}
