import type { ReceiveChan } from "@conc/chan";
import type { Context } from "@conc/context";
import { checkChan } from "../arguments.ts";
import { type ContextFirst, contextFirst } from "../context-first.ts";
import { ErrGroup } from "../err-group.ts";
import { stage } from "./stage.ts";

/**
 * One channel that delivers what all of `inputs` deliver, as it comes.
 *
 * A slow receiver slows down the inputs: of each, at most one value is taken that was not received.
 *
 * Cancel: leaves the inputs and closes the channel with `ctx.err` as the cause.
 * Order: that of each input; among the inputs, first come, first served.
 * Close: when all inputs are closed; if one is closed with a cause, at once, with that cause, and the others are left. Leaving a
 * `for await` over the channel leaves the inputs.
 * Throws: TypeError if an input is not a channel.
 *
 * Go: the `merge` function of a pipeline.
 *
 * @example
 * ```ts
 * import { background } from "@conc/context";
 * import { fanIn, generate } from "@conc/patterns";
 *
 * const ctx = background();
 * const [odd, even] = [generate(ctx, () => [1, 3]), generate(ctx, () => [2, 4])];
 * let sum = 0;
 * for await (const n of fanIn(ctx, odd, even)) sum += n;
 * console.log(sum); // => 10
 * ```
 */
export function fanIn<T>(ctx: Context, ...inputs: readonly ReceiveChan<T>[]): ReceiveChan<T>;
/** The same under `background()`. */
export function fanIn<T>(...inputs: readonly ReceiveChan<T>[]): ReceiveChan<T>;
export function fanIn<T>(...args: ContextFirst<readonly ReceiveChan<T>[]>): ReceiveChan<T> {
  const [parent, ...inputs] = contextFirst(args);
  for (const [i, input] of inputs.entries()) checkChan(`inputs[${i}]`, input);
  return stage<T>(parent, inputs, 0, async (ctx, out) => {
    const group = new ErrGroup(ctx);
    for (const input of inputs) {
      void group.go(async (own) => {
        for (let received = await input.recv(own); received.ok; received = await input.recv(own)) {
          await out.send(received.value, own);
        }
      });
    }
    await group.wait();
  });
}
