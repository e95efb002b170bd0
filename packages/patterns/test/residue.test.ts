/*
 * Every pattern under a context of another make, so that what still listens to it can be counted, and under a signal: in each case, whatever
 * the outcome, nothing is left on the context when the pattern has ended.
 */
import { from, sleep } from "@conc/chan";
import { type Context, fromSignal } from "@conc/context";
import { countListeners, flush, stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import {
  ErrGroup,
  hedged,
  mapConcurrent,
  percentile,
  RateLimiter,
  redundant,
  scatterGather,
  SingleFlight,
  WorkerPool,
} from "../src/index.ts";
import { handMade } from "./hand-made.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

/** Works for 10 ms, and fails if it is told to. */
type Outcome = "succeeds" | "fails";
const work = (outcome: Outcome) => async (ctx: Context) => {
  await sleep(10, ctx);
  if (outcome === "fails") throw new Error("work");
};

const patterns: [string, (ctx: Context, outcome: Outcome) => Promise<unknown>][] = [
  [
    "ErrGroup",
    async (ctx, outcome) => {
      const group = new ErrGroup(ctx, { limit: 1 });
      for (let i = 0; i < 3; i++) void group.go(work(outcome));
      await group.wait();
    },
  ],
  ["mapConcurrent", (ctx, outcome) => mapConcurrent(ctx, [1, 2, 3], work(outcome), { concurrency: 2 })],
  [
    "mapConcurrent of a channel",
    (ctx, outcome) => mapConcurrent(ctx, from([1, 2, 3]), work(outcome), { concurrency: 2 }),
  ],
  [
    "scatterGather",
    async (ctx, outcome) => {
      for await (const one of scatterGather(ctx, [1, 2, 3], work(outcome), { concurrency: 2 })) {
        if (one.status === "rejected") throw one.reason;
      }
    },
  ],
  ["redundant", (ctx, outcome) => redundant(ctx, [1, 2, 3], work(outcome))],
  ["hedged", (ctx, outcome) => hedged(ctx, [1, 2, 3], work(outcome), { delay: 4 })],
  [
    "hedged by a percentile",
    (ctx, outcome) => hedged(ctx, [1, 2], work(outcome), { delay: percentile(0.9, { initial: 4 }) }),
  ],
  ["SingleFlight.do", (ctx, outcome) => new SingleFlight().do("key", work(outcome), ctx)],
  ["SingleFlight.doChan", (ctx, outcome) => new SingleFlight().doChan("key", work(outcome), ctx).recv()],
  [
    "WorkerPool",
    async (ctx, outcome) => {
      const pool = new WorkerPool(ctx, { workers: 1 });
      const calls = [pool.submit(work(outcome)), pool.submit(work(outcome))];
      pool.close();
      await Promise.all(calls).finally(() => pool.wait());
    },
  ],
  [
    "a submitter of a WorkerPool",
    async (ctx, outcome) => {
      const pool = new WorkerPool({ workers: 1 });
      const calls = [pool.submit(work(outcome), ctx), pool.submit(work(outcome), ctx), pool.room(ctx)];
      await Promise.all(calls).finally(() => Promise.allSettled(calls));
    },
  ],
  [
    "RateLimiter",
    async (ctx) => {
      const limiter = new RateLimiter({ perSecond: 100, burst: 1 });
      const calls = [limiter.wait(1, ctx), limiter.wait(1, ctx)];
      await Promise.all(calls).finally(() => Promise.allSettled(calls));
    },
  ],
];

describe.each(patterns)("%s", (_name, run) => {
  it.each<Outcome>(["succeeds", "fails"])("has left its context when the work %s", async (outcome) => {
    const { ctx, listeners } = handMade();
    await world.settled(run(ctx, outcome)).catch(() => {});
    await flush();
    expect(listeners.now).toBe(0);
  });

  it("has left its context when that has ended it", async () => {
    const { ctx, listeners, end } = handMade();
    const state = stateOf(run(ctx, "succeeds"));
    await world.clock.advance(5);
    end(new Error("the caller left"));
    await world.clock.advance(50);
    await state;
    expect(listeners.now).toBe(0);
  });

  it("takes an AbortSignal by fromSignal: its abort ends the work, and nothing is left on it", async () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const ctx = fromSignal(controller.signal);
    const state = stateOf(run(ctx, "succeeds"));
    controller.abort(new Error("the page was left"));
    await world.clock.advance(100);
    expect([await state, listeners.now]).toEqual([{ status: "rejected", reason: ctx.err }, 0]);
    expect(ctx.cause).toBe(controller.signal.reason);
  });
});

it("a context that has ended before costs the patterns nothing that stays", async () => {
  const { ctx, listeners, end } = handMade();
  const reason = new Error("ended");
  end(reason);
  for (const [name, run] of patterns) {
    const outcome = await world.settled(run(ctx, "succeeds")).catch((error: unknown) => error);
    expect([name, outcome]).toEqual([name, reason]);
  }
  expect(listeners.now).toBe(0);
});
