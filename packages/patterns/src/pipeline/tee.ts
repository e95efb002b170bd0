import type { ReceiveChan } from "@conc/chan";
import { background } from "@conc/context";
import { checkWhole } from "@conc/internal";
import { checkChan } from "../arguments.ts";
import { leave } from "../leave.ts";
import { forkStage } from "./stage.ts";

/**
 * `n` channels that each deliver everything that `input` delivers. Values are not copied.
 *
 * The slowest receiver sets the pace: the next value is taken when every channel has delivered the last.
 *
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
 * const [sum, product] = tee(generate(background(), () => [1, 2, 3, 4]), 2).map(async (numbers, i) => {
 *   let total = i;
 *   for await (const n of numbers) total = i === 0 ? total + n : total * n;
 *   return total;
 * });
 * console.log(await sum, await product); // => 10 24
 * ```
 */
export function tee<T>(input: ReceiveChan<T>, n: number): ReceiveChan<T>[] {
  checkChan("input", input);
  checkWhole("n", n, 1);
  return forkStage<T>(background(), n, async (ctx, outs) => {
    try {
      for (let received = await input.recv(ctx); received.ok; received = await input.recv(ctx)) {
        const { value } = received;
        await Promise.all(
          outs
            .filter((out) => out.open)
            .map((out) =>
              out.send(value, ctx).catch((error) => {
                // It was left while the value waited in it.
                if (out.open) throw error;
              }),
            ),
        );
      }
    } finally {
      await leave(input);
    }
  });
}
