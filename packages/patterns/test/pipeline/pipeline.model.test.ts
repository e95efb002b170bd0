/*
 * Random pipelines of all stages, to a specification that knows no time: what comes out of each is what went in, as often as the tees make it,
 * in order where no stage gives that up; the source is never further ahead than the stages allow; and however the end comes, by the source,
 * the loop, the context or a failure, it reaches everything.
 */
import { type ReceiveChan, sleep } from "@conc/chan";
import { background, type CancelContext, type Context, withCancel } from "@conc/context";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batch, fanIn, fanOut, generate, map, orDone, tee } from "../../src/index.ts";
import { useWorld } from "../world.ts";

const world = useWorld();

/** What every value of a run goes through. */
interface Run {
  readonly ctx: CancelContext;
  readonly failsAt: number;
  running: number;
}

/** A stage of a pipeline, and what it is known for. */
interface Stage {
  readonly name: string;
  readonly make: (input: ReceiveChan<number>, run: Run) => ReceiveChan<number>;
  /** How many values it may have taken that nobody has received. */
  readonly ahead: number;
  readonly copies: number;
  readonly keepsOrder: boolean;
}

const work = (run: Run, ms: number) => async (ctx: Context, n: number) => {
  run.running++;
  await sleep((n * 7 + ms) % 5, ctx).finally(() => run.running--);
  if (n === run.failsAt) throw new Error(`item ${n}`);
  return n;
};

const upTo = (max: number) => fc.integer({ min: 1, max });
const anyStage: fc.Arbitrary<Stage> = fc.oneof(
  fc
    .record({ concurrency: upTo(4), buffer: fc.integer({ min: 0, max: 2 }), ordered: fc.boolean(), ms: upTo(5) })
    .map(({ ms, ...options }) => ({
      name: `map ${JSON.stringify(options)}`,
      make: (input: ReceiveChan<number>, run: Run) => map(run.ctx, input, work(run, ms), options),
      ahead: options.concurrency + options.buffer,
      copies: 1,
      keepsOrder: options.ordered || options.concurrency === 1,
    })),
  upTo(3).map((n) => ({
    name: `fanIn fanOut ${n}`,
    make: (input: ReceiveChan<number>, { ctx }: Run) => fanIn(ctx, ...fanOut(ctx, input, n)),
    ahead: 1 + n,
    copies: 1,
    keepsOrder: n === 1,
  })),
  upTo(3).map((n) => ({
    name: `fanIn tee ${n}`,
    make: (input: ReceiveChan<number>, { ctx }: Run) => fanIn(ctx, ...tee(ctx, input, n)),
    ahead: 2,
    copies: n,
    keepsOrder: n === 1,
  })),
  fc.constant({
    name: "orDone",
    make: (input: ReceiveChan<number>, { ctx }: Run) => orDone(ctx, input),
    ahead: 0,
    copies: 1,
    keepsOrder: true,
  }),
);

const program = fc.record({
  gaps: fc.array(fc.constantFrom(0, 0, 0, 5), { maxLength: 14 }),
  stages: fc.array(anyStage, { maxLength: 4 }),
  last: fc.record({ size: upTo(3), ms: fc.integer({ min: 0, max: 8 }) }),
  pauses: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 }),
  // How it ends, if not with its source: by leaving after so many batches, by a cancel at a time, by the failure of an item.
  end: fc.oneof(
    fc.constant({}),
    fc.record({ leavesAfter: upTo(4) }),
    fc.record({ cancelAt: fc.integer({ min: 0, max: 60 }) }),
    fc.record({ failsAt: fc.integer({ min: 0, max: 12 }) }),
  ) as fc.Arbitrary<{ leavesAfter?: number; cancelAt?: number; failsAt?: number }>,
});

describe("a pipeline", () => {
  it("conserves its values, keeps the order it promises, runs no further ahead than its stages allow, and ends as a whole", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(program, async ({ gaps, stages, last, pauses, end }) => {
        const run: Run = { ctx: withCancel(background()), failsAt: end.failsAt ?? -1, running: 0 };
        const copies = stages.reduce((product, stage) => product * stage.copies, 1);
        const ahead = stages.reduce((sum, stage) => sum + stage.ahead, last.size);
        const source = { begun: false, taken: 0, ended: false };
        const numbers = generate(run.ctx, async function* (own) {
          source.begun = true;
          try {
            for (const [n, gap] of gaps.entries()) {
              await sleep(gap, own);
              source.taken++;
              yield n;
            }
          } finally {
            source.ended = true;
          }
        });
        const out = batch(
          run.ctx,
          stages.reduce((input, stage) => stage.make(input, run), numbers),
          last,
        );

        const values: number[] = [];
        const consumer = (async () => {
          let batches = 0;
          for await (const some of out) {
            values.push(...some);
            if (++batches === end.leavesAfter) return "left";
            await sleep(pauses[batches % pauses.length] as number);
          }
          return "closed";
        })().catch((error: unknown) => error);
        for (let t = 0; t < 300; t += 5) {
          if (end.cancelAt !== undefined && t >= end.cancelAt) run.ctx.cancel();
          await world.clock.advance(5);
          expect(source.taken).toBeLessThanOrEqual(Math.ceil(values.length / copies) + ahead);
        }
        await world.clock.advance(10_000);
        const outcome = await consumer;

        expect([run.running, source.ended]).toEqual([0, source.begun]);
        const kind = outcome === run.ctx.err ? "cancelled" : outcome instanceof Error ? "failed" : (outcome as string);
        const isPossible: Record<string, boolean> = {
          closed: true,
          left: end.leavesAfter !== undefined,
          cancelled: end.cancelAt !== undefined,
          failed: outcome instanceof Error && outcome.message === `item ${end.failsAt}`,
        };
        expect(isPossible[kind]).toBe(true);
        // Nothing is invented, and none comes more often than the tees make it; if it has ended by itself, each comes so often.
        const inOrder = values.toSorted((a, b) => a - b);
        const times = gaps.map((_, n) => values.filter((value) => value === n).length);
        expect(times.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        for (const count of times) expect(count).toBeLessThanOrEqual(copies);
        expect(kind === "closed" ? times : []).toEqual(kind === "closed" ? gaps.map(() => copies) : []);
        expect(stages.every(({ keepsOrder }) => keepsOrder) ? values : inOrder).toEqual(inOrder);
        seen.add(kind);
      }),
      { numRuns: 150 },
    );
    expect([...seen].sort()).toEqual(["cancelled", "closed", "failed", "left"]);
  }, 60_000);
});
