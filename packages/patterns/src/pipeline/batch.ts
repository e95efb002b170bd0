import { type ReceiveChan, recv, select, Timer } from "@conc/chan";
import type { Context } from "@conc/context";
import { checkDuration, checkWhole } from "@conc/internal";
import { checkChan } from "../arguments.ts";
import { type ContextFirst, contextFirst } from "../context-first.ts";
import { stage } from "./stage.ts";

/** How {@link batch} is run. */
export interface BatchOptions {
  /** How many values make a full batch. */
  readonly size: number;
  /** How many milliseconds after its first value a batch is delivered although it is not full; absent: never. */
  readonly ms?: number;
}

/**
 * A channel of arrays of what `input` delivers: of `size` values, or of as many as came within `ms` milliseconds of the first.
 *
 * A slow receiver slows down the input: nothing is taken while a batch waits to be received. No batch is empty.
 *
 * Cancel: leaves the input and closes the channel with `ctx.err` as the cause; the values of a batch that nobody has received are dropped.
 * Order: that of the input.
 * Close: when the input is, after the values that had come. If it has a cause, that comes after them too. Leaving a `for await` over the
 * channel leaves the input.
 * Throws: TypeError if `input` is not a channel, RangeError if `size` is not a whole number >= 1 or `ms` no number.
 *
 * Go: a goroutine with a slice, a `time.Timer` and a `select`.
 *
 * @example
 * ```ts
 * import { background } from "@conc/context";
 * import { batch, generate } from "@conc/patterns";
 *
 * const ctx = background();
 * const rows = generate(ctx, () => ["a", "b", "c", "d", "e"]);
 * for await (const some of batch(ctx, rows, { size: 2, ms: 50 })) console.log(some.join("+"));
 * // => a+b
 * // => c+d
 * // => e
 * ```
 */
export function batch<T>(ctx: Context, input: ReceiveChan<T>, options: BatchOptions): ReceiveChan<T[]>;
/** The same under `background()`. */
export function batch<T>(input: ReceiveChan<T>, options: BatchOptions): ReceiveChan<T[]>;
export function batch<T>(...args: ContextFirst<[input: ReceiveChan<T>, options: BatchOptions]>): ReceiveChan<T[]> {
  const [parent, input, options] = contextFirst(args);
  const { size, ms = Number.POSITIVE_INFINITY } = options ?? {};
  checkChan("input", input);
  checkWhole("size", size, 1);
  checkDuration("ms", ms);
  return stage<T[]>(parent, [input], 0, async (ctx, out) => {
    for (let first = await input.recv(ctx); first.ok; first = await input.recv(ctx)) {
      const values = [first.value];
      try {
        await fill(ctx, values, input, size, ms);
      } finally {
        // The input may have failed meanwhile: the values that came before that come first.
        await out.send(values, ctx);
      }
    }
  });
}

// Adds values until there are enough, the time is up or the input has ended.
async function fill<T>(ctx: Context, values: T[], input: ReceiveChan<T>, size: number, ms: number): Promise<void> {
  const timer = new Timer(ms);
  const timeUp = { value: undefined, ok: false } as const;
  while (values.length < size) {
    const received = input.tryRecv() ?? (await select([recv(input), recv(timer.c, () => timeUp)], ctx));
    if (!received.ok) return;
    values.push(received.value);
  }
}
