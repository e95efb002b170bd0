/*
 * Invariants:
 * - the inputs are left once, by whichever comes first: the body's end, its word that nothing more will be taken, the end of its context;
 * - a channel is closed when the body has ended and the inputs have cleaned up, or before, when a loop over it is left;
 * - when all channels are closed the context is done, and nothing of the stage is left on its parent.
 */
import type { ReceiveChan } from "@conc/chan";
import { afterFunc, type Context, withCancel } from "@conc/context";
import { causeOf } from "../cause-of.ts";
import { leave } from "../leave.ts";
import { Outlet } from "../outlet.ts";

/** What a stage does. `stop` leaves its inputs ahead of its end: when nothing more will be taken from them. */
type Body<Outs> = (ctx: Context, outs: Outs, stop: () => void) => Promise<void>;

/**
 * Runs `body`, which fills the channel that this gives from `inputs`. When it ends, or its context does, the inputs are left; when both are
 * done with, the channel is closed, with the error as its cause if `body` failed. Leaving a loop over the channel closes it, and cancels
 * the context of `body`.
 */
export function stage<T>(
  parent: Context,
  inputs: readonly ReceiveChan<unknown>[],
  capacity: number,
  body: Body<Outlet<T>>,
): ReceiveChan<T> {
  const [out] = forkStage<T>(parent, inputs, { n: 1, capacity }, (ctx, [first], stop) =>
    body(ctx, first as Outlet<T>, stop),
  );
  return out as ReceiveChan<T>;
}

/** As {@link stage}, with `n` channels. Leaving one closes that one; when all are left, the context of `body` is cancelled. */
export function forkStage<T>(
  parent: Context,
  inputs: readonly ReceiveChan<unknown>[],
  { n, capacity = 0 }: { readonly n: number; readonly capacity?: number },
  body: Body<readonly Outlet<T>[]>,
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
  let stopped: Promise<Failure | undefined> | undefined;
  const stop = () => {
    stopped ??= failureOf(Promise.all(inputs.map(leave)));
    return stopped;
  };
  afterFunc(ctx, stop);
  const run = async () => {
    const failure = await failureOf(body(ctx, outs, stop));
    // What the clean-up of an input fails with gives way to what led to it, as in a `for await` that is left by a throw.
    const unclean = await stop();
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

interface Failure {
  readonly reason: unknown;
}

function failureOf(promise: Promise<unknown>): Promise<Failure | undefined> {
  return promise.then(
    () => undefined,
    (reason: unknown) => ({ reason }),
  );
}
