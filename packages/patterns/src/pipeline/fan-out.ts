import { type ReceiveChan, select, send } from "@conc/chan";
import type { Context } from "@conc/context";
import { checkWhole } from "@conc/internal";
import { checkChan } from "../arguments.ts";
import { type ContextFirst, contextFirst } from "../context-first.ts";
import type { Outlet } from "../outlet.ts";
import { forkStage } from "./stage.ts";

/**
 * `n` channels that share what `input` delivers: each value comes out of one of them, of one whose receiver is ready.
 *
 * A slow receiver gets fewer values and holds nobody up; when none is ready, one value is taken and waits.
 *
 * Cancel: leaves the input and closes all with `ctx.err` as the cause.
 * Order: values are handed out in the order of the input; among the receivers that are ready, each is as likely.
 * Close: all, when the input is; with its cause, if it has one. Leaving a `for await` over one closes that one, and its values go to the
 * others; when all are left, so is the input.
 * Throws: TypeError if `input` is not a channel, RangeError if `n` is not a whole number >= 1.
 *
 * Go: n goroutines that range over one channel.
 *
 * @example
 * ```ts
 * import { background } from "@conc/context";
 * import { fanOut, generate } from "@conc/patterns";
 *
 * const ctx = background();
 * const jobs = generate(ctx, () => [1, 2, 3, 4, 5]);
 * let done = 0;
 * const workers = fanOut(ctx, jobs, 2).map(async (mine) => {
 *   for await (const _job of mine) done++;
 * });
 * await Promise.all(workers);
 * console.log(done); // => 5
 * ```
 */
export function fanOut<T>(ctx: Context, input: ReceiveChan<T>, n: number): ReceiveChan<T>[];
/** The same under `background()`. */
export function fanOut<T>(input: ReceiveChan<T>, n: number): ReceiveChan<T>[];
export function fanOut<T>(...args: ContextFirst<[input: ReceiveChan<T>, n: number]>): ReceiveChan<T>[] {
  const [parent, input, n] = contextFirst(args);
  checkChan("input", input);
  checkWhole("n", n, 1);
  return forkStage<T>(parent, [input], { n }, async (ctx, outs) => {
    for (let received = await input.recv(ctx); received.ok; received = await input.recv(ctx)) {
      await handOut(ctx, outs, received.value);
    }
  });
}

// A channel that is left meanwhile makes the select reject; the value then goes to those that are open.
async function handOut<T>(ctx: Context, outs: readonly Outlet<T>[], value: T): Promise<void> {
  for (;;) {
    const open = outs.filter((out) => out.open);
    try {
      await select(
        open.map((out) => send(out, value)),
        ctx,
      );
      return;
    } catch (error) {
      if (ctx.err !== undefined || open.every((out) => out.open)) throw error;
    }
  }
}
