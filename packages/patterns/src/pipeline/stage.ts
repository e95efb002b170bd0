import type { ReceiveChan } from "@conc/chan";
import { type Context, withCancel } from "@conc/context";
import { causeOf } from "../cause-of.ts";
import { leave } from "../leave.ts";
import { Outlet } from "../outlet.ts";

/**
 * Runs `body`, which fills the channel that this gives from `inputs`. When it ends they are left, and then the channel is closed; with the
 * error as its cause, if `body` failed. Leaving a loop over the channel closes it, and cancels the context of `body`.
 */
export function stage<T>(
  parent: Context,
  inputs: readonly ReceiveChan<unknown>[],
  capacity: number,
  body: (ctx: Context, out: Outlet<T>) => Promise<void>,
): ReceiveChan<T> {
  const [out] = forkStage<T>(parent, inputs, { n: 1, capacity }, (ctx, outs) => body(ctx, outs[0] as Outlet<T>));
  return out as ReceiveChan<T>;
}

/** As {@link stage}, with `n` channels. Leaving one closes that one; when all are left, the context of `body` is cancelled. */
export function forkStage<T>(
  parent: Context,
  inputs: readonly ReceiveChan<unknown>[],
  { n, capacity = 0 }: { readonly n: number; readonly capacity?: number },
  body: (ctx: Context, outs: readonly Outlet<T>[]) => Promise<void>,
): ReceiveChan<T>[] {
  const ctx = withCancel(parent);
  const isLeft = () => outs.every(({ open }) => !open);
  const outs = Array.from({ length: n }, () => {
    const out: Outlet<T> = new Outlet(capacity, () => {
      out.finish();
      if (isLeft()) ctx.cancel();
    });
    return out;
  });
  const run = async () => {
    const failure = await failureOf(body(ctx, outs));
    // What the clean-up of an input fails with gives way to what led to it, as in a `for await` that is left by a throw.
    const unclean = await failureOf(Promise.all(inputs.map(leave)));
    const isLoud = unclean !== undefined && isLeft();
    const failed = failure ?? unclean;
    for (const out of outs) out.finish(failed && causeOf(failed.reason));
    ctx.cancel();
    // After a `break` it would be thrown, but nobody is there any more to be told.
    if (isLoud) throw unclean.reason;
  };
  void run();
  return outs;
}

function failureOf(promise: Promise<unknown>): Promise<{ readonly reason: unknown } | undefined> {
  return promise.then(
    () => undefined,
    (reason: unknown) => ({ reason }),
  );
}
