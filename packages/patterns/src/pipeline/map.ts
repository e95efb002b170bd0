/*
 * Invariants:
 * - at most `concurrency` items have been taken from the input and not yet been delivered, and `buffer` more wait to be received;
 * - ordered: an item's value or failure is delivered only after that of the item before.
 */
import type { ReceiveChan } from "@conc/chan";
import type { Context } from "@conc/context";
import { checkFunction, checkWhole } from "@conc/internal";
import { checkChan, checkLimit } from "../arguments.ts";
import { type ContextFirst, contextFirst } from "../context-first.ts";
import { ErrGroup } from "../err-group.ts";
import type { Work } from "../types.ts";
import { stage } from "./stage.ts";

/** How {@link map} is run. */
export interface MapOptions {
  /** How many items are worked on at a time; absent: 1. */
  readonly concurrency?: number;
  /** Whether results come in the order of the items; absent: true. If not, they come as they are done. */
  readonly ordered?: boolean;
  /** How many results may wait to be received; absent: 0. */
  readonly buffer?: number;
}

/**
 * A stage of a pipeline: a channel of what `fn` makes of each item of `input`.
 *
 * A slow receiver slows down the stage and its input: it takes at most `concurrency` + `buffer` items more than were received.
 *
 * Cancel: cancels what runs, leaves the input, and closes the channel with `ctx.err` as the cause when what runs has ended.
 * Order: that of the input, unless `ordered` is false.
 * Close: when the input is closed and every result delivered; with the input's cause, if it has one. When `fn` fails, with its error: in
 * order, the results before it come first; the other calls are cancelled, the channel closes when they have ended, and the input
 * is left. Leaving a `for await` over the channel does the same.
 * Throws: TypeError or RangeError for a bad argument.
 *
 * Go: a stage with n goroutines that range over one channel and send to another.
 *
 * @example
 * ```ts
 * import { background } from "@conc/context";
 * import { generate, map } from "@conc/patterns";
 *
 * const ctx = background();
 * const numbers = generate(ctx, () => [1, 2, 3]);
 * for await (const square of map(ctx, numbers, async (_ctx, n) => n * n, { concurrency: 2 })) console.log(square);
 * // => 1
 * // => 4
 * // => 9
 * ```
 */
export function map<T, R>(ctx: Context, input: ReceiveChan<T>, fn: Work<T, R>, options?: MapOptions): ReceiveChan<R>;
/** The same under `background()`. */
export function map<T, R>(input: ReceiveChan<T>, fn: Work<T, R>, options?: MapOptions): ReceiveChan<R>;
export function map<T, R>(
  ...args: ContextFirst<[input: ReceiveChan<T>, fn: Work<T, R>, options?: MapOptions | undefined]>
): ReceiveChan<R> {
  const [parent, input, fn, options = {}] = contextFirst(args);
  const { concurrency = 1, ordered = true, buffer = 0 } = options;
  checkChan("input", input);
  checkFunction("fn", fn);
  checkLimit("concurrency", concurrency);
  checkWhole("buffer", buffer, 0);
  return stage<R>(parent, [input], buffer, async (ctx, out, stop) => {
    const group = new ErrGroup(ctx, { limit: concurrency });
    let stopped = false;
    // What the input was closed with. It comes after everything that came before it.
    let inputFailure: { readonly reason: unknown } | undefined;

    // A place of the group: it takes an item, and while it works on that, the next place takes the next one.
    const take = (index: number, before?: Promise<void>): void => {
      void group.go(async (own) => {
        if (stopped) return;
        const received = await input.recv(own).catch((reason: unknown) => {
          inputFailure = { reason };
        });
        if (!received?.ok || own.err !== undefined) return;
        const delivered = work(own, received.value, index, before);
        take(index + 1, delivered);
        await delivered;
      });
    };

    const work = async (own: Context, item: T, index: number, before: Promise<void> | undefined): Promise<void> => {
      let value: R;
      try {
        value = await fn(own, item, index);
      } catch (reason) {
        stopped = true;
        stop();
        throw reason;
      } finally {
        // If the one before has failed, its failure is this one's too: nothing is delivered after it.
        if (ordered) await before;
      }
      await out.send(value, own);
    };

    take(0);
    await group.wait();
    if (inputFailure !== undefined) throw inputFailure.reason;
  });
}
