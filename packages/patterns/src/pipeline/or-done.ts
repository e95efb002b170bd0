import type { ReceiveChan } from "@conc/chan";
import type { Context } from "@conc/context";
import { checkChan, checkContext } from "../arguments.ts";
import { generate } from "./generate.ts";

/**
 * What `ch` delivers, until `ctx` is done: a channel for a `for await` that has to end with its context.
 *
 * A value is taken from `ch` when somebody receives, so none is lost when the context ends.
 *
 * Cancel: closes the channel with `ctx.err` as the cause, and leaves `ch`.
 * Close: when `ch` is; with its cause, if it has one. Leaving a `for await` over the channel leaves `ch`.
 * Throws: TypeError for a bad argument.
 *
 * Go: the or-done-channel.
 *
 * @example
 * ```ts
 * import { Chan } from "@conc/chan";
 * import { background, withCancel } from "@conc/context";
 * import { orDone } from "@conc/patterns";
 *
 * const news = new Chan<string>(2);
 * await news.send("it rains");
 * await news.send("it pours");
 * const ctx = withCancel(background());
 * try {
 *   for await (const item of orDone(ctx, news)) {
 *     console.log(item); // => it rains
 *     ctx.cancel();
 *   }
 * } catch (err) {
 *   console.log((err as Error).message, "-", news.length, "left"); // => context canceled - 1 left
 * }
 * ```
 */
export function orDone<T>(ctx: Context, ch: ReceiveChan<T>): ReceiveChan<T> {
  checkContext(ctx);
  checkChan("ch", ch);
  return generate(ctx, () => ch);
}
