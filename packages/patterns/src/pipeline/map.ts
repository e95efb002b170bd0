/*
 * Invariants:
 * - at most `concurrency` items have been taken from the input and not yet been delivered, and `buffer` more wait to be received;
 * - ordered: an item's value or failure is delivered only after that of the item before.
 */
import type { ReceiveChan } from "@conc/chan";
import { background, type Context } from "@conc/context";
import { checkFunction, checkWhole } from "@conc/internal";
import { Semaphore } from "@conc/sync";
import { checkChan, checkContext, checkLimit } from "../arguments.ts";
import { begin } from "../begin.ts";
import { ErrGroup } from "../err-group.ts";
import { leave } from "../leave.ts";
import { stage } from "./stage.ts";

/** How {@link map} is run. */
export interface MapOptions {
  /** How many items are worked on at a time; absent: 1. */
  readonly concurrency?: number;
  /** Whether results come in the order of the items; absent: true. If not, they come as they are done. */
  readonly ordered?: boolean;
  /** How many results may wait to be received; absent: 0. */
  readonly buffer?: number;
  /** What the contexts of `fn` are derived from; absent: `background()`. */
  readonly ctx?: Context;
}

/**
 * A stage of a pipeline: a channel of what `fn` makes of each item of `input`.
 *
 * A slow receiver slows down the stage and its input: it takes at most `concurrency` + `buffer` items more than were received.
 *
 * Cancel: closes the channel with `ctx.err` as the cause.
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
 * const numbers = generate(background(), () => [1, 2, 3]);
 * for await (const square of map(numbers, async (_ctx, n) => n * n, { concurrency: 2 })) console.log(square);
 * // => 1
 * // => 4
 * // => 9
 * ```
 */
export function map<T, R>(
  input: ReceiveChan<T>,
  fn: (ctx: Context, item: T, index: number) => R | PromiseLike<R>,
  options: MapOptions = {},
): ReceiveChan<R> {
  const { concurrency = 1, ordered = true, buffer = 0, ctx: parent = background() } = options;
  checkChan("input", input);
  checkFunction("fn", fn);
  checkLimit("concurrency", concurrency);
  checkWhole("buffer", buffer, 0);
  checkContext(parent);
  return stage<R>(parent, buffer, async (ctx, out) => {
    const group = new ErrGroup(ctx);
    const places = new Semaphore(Math.min(concurrency, Number.MAX_SAFE_INTEGER));
    let stopped = false;
    // What the input was closed with. It comes after everything that came before it.
    let inputFailure: { readonly reason: unknown } | undefined;

    /** Works on one item. What it settles to is what those after it wait for, if there is an order. */
    const work = async (own: Context, item: T, index: number, before: Promise<void> | undefined): Promise<void> => {
      const outcome = await begin(() => fn(own, item, index)).then(
        (value) => ({ value }),
        (reason: unknown) => {
          stopped = true;
          return { reason };
        },
      );
      // If the one before has failed, its failure is this one's too: nothing is delivered after it.
      if (ordered) await before;
      if ("reason" in outcome) throw outcome.reason;
      await out.send(outcome.value, own);
    };

    const take = async (own: Context): Promise<void> => {
      let last: Promise<void> | undefined;
      for (let index = 0; ; index++) {
        const place = await places.acquire(1, own);
        if (stopped) return;
        const received = await input.recv(own);
        if (!received.ok) return;
        const before = last;
        last = work(own, received.value, index, before).finally(() => place.unlock());
        const done = last;
        void group.go(() => done);
      }
    };

    void group.go((own) =>
      take(own).catch((reason: unknown) => {
        if (own.err !== undefined) throw reason;
        inputFailure = { reason };
      }),
    );
    await group.wait().finally(() => leave(input));
    if (inputFailure !== undefined) throw inputFailure.reason;
  });
}
