import type { ReceiveChan } from "@conc/chan";
import { background } from "@conc/context";
import { checkChan } from "../arguments.ts";
import { ErrGroup } from "../err-group.ts";
import { leave } from "../leave.ts";
import { stage } from "./stage.ts";

/**
 * One channel that delivers what all of `inputs` deliver, as it comes.
 *
 * A slow receiver slows down the inputs: of each, at most one value is taken that was not received.
 *
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
 * const [odd, even] = [generate(background(), () => [1, 3]), generate(background(), () => [2, 4])];
 * let sum = 0;
 * for await (const n of fanIn(odd, even)) sum += n;
 * console.log(sum); // => 10
 * ```
 */
export function fanIn<T>(...inputs: readonly ReceiveChan<T>[]): ReceiveChan<T> {
  for (const [i, input] of inputs.entries()) checkChan(`inputs[${i}]`, input);
  return stage<T>(background(), 0, async (ctx, out) => {
    const group = new ErrGroup(ctx);
    for (const input of inputs) {
      void group.go(async (own) => {
        for (let received = await input.recv(own); received.ok; received = await input.recv(own)) {
          await out.send(received.value, own);
        }
      });
    }
    await group.wait().finally(() => Promise.all(inputs.map(leave)));
  });
}
