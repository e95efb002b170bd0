import type { ReceiveChan } from "@conc/chan";
import type { Context } from "@conc/context";
import { checkWhole } from "@conc/internal";
import { checkChan } from "../arguments.ts";
import { type ContextFirst, contextFirst } from "../context-first.ts";
import type { Outlet } from "../outlet.ts";
import { forkStage } from "./stage.ts";

/**
 * `n` channels that each deliver everything that `input` delivers. Values are not copied.
 *
 * The slowest receiver sets the pace: the next value is taken when every channel has delivered the last.
 *
 * Cancel: leaves the input and closes all with `ctx.err` as the cause.
 * Order: that of the input.
 * Close: all, when the input is; with its cause, if it has one. Leaving a `for await` over one closes that one, and the others go on; when
 * all are left, so is the input.
 * Throws: TypeError if `input` is not a channel, RangeError if `n` is not a whole number >= 1.
 *
 * Go: the tee-channel.
 *
 * @example
 * ```ts
 * import { background } from "@conc/context";
 * import { generate, tee } from "@conc/patterns";
 *
 * const ctx = background();
 * const numbers = generate(ctx, () => [1, 2, 3, 4]);
 * const [sum, product] = tee(ctx, numbers, 2).map(async (mine, i) => {
 *   let total = i;
 *   for await (const n of mine) total = i === 0 ? total + n : total * n;
 *   return total;
 * });
 * console.log(await sum, await product); // => 10 24
 * ```
 */
export function tee<T>(ctx: Context, input: ReceiveChan<T>, n: number): ReceiveChan<T>[];
/** The same under `background()`. */
export function tee<T>(input: ReceiveChan<T>, n: number): ReceiveChan<T>[];
export function tee<T>(...args: ContextFirst<[input: ReceiveChan<T>, n: number]>): ReceiveChan<T>[] {
  const [parent, input, n] = contextFirst(args);
  checkChan("input", input);
  checkWhole("n", n, 1);
  return forkStage<T>(parent, [input], { n }, async (ctx, outs) => {
    for (let received = await input.recv(ctx); received.ok; received = await input.recv(ctx)) {
      const { value } = received;
      const sends = outs.filter(({ open }) => open).map((out) => sendIfOpen(ctx, out, value));
      await Promise.all(sends);
    }
  });
}

async function sendIfOpen<T>(ctx: Context, out: Outlet<T>, value: T): Promise<void> {
  try {
    await out.send(value, ctx);
  } catch (error) {
    // If it is closed, it was left while the value waited in it.
    if (out.open) throw error;
  }
}
