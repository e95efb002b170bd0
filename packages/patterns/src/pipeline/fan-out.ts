import { type ReceiveChan, select, send } from "@conc/chan";
import { background, type Context } from "@conc/context";
import { checkWhole } from "@conc/internal";
import { checkChan } from "../arguments.ts";
import { leave } from "../leave.ts";
import type { Outlet } from "../outlet.ts";
import { forkStage } from "./stage.ts";

/**
 * `n` channels that share what `input` delivers: each value comes out of one of them, of one whose receiver is ready.
 *
 * A slow receiver gets fewer values and holds nobody up; when none is ready, one value is taken and waits.
 *
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
 * const jobs = generate(background(), () => [1, 2, 3, 4, 5]);
 * let done = 0;
 * const workers = fanOut(jobs, 2).map(async (mine) => {
 *   for await (const _job of mine) done++;
 * });
 * await Promise.all(workers);
 * console.log(done); // => 5
 * ```
 */
export function fanOut<T>(input: ReceiveChan<T>, n: number): ReceiveChan<T>[] {
  checkChan("input", input);
  checkWhole("n", n, 1);
  return forkStage<T>(background(), n, async (ctx, outs) => {
    try {
      for (let received = await input.recv(ctx); received.ok; received = await input.recv(ctx)) {
        await handOut(ctx, outs, received.value);
      }
    } finally {
      await leave(input);
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
