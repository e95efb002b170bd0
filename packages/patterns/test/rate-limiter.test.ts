import { background, withCancel, withTimeout } from "@conc/context";
import { flush, stateOf } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RateLimiter } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

describe("allow", () => {
  it("takes what is there, and no more; tokens come back at the rate, up to the burst", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 3 });
    expect([1, 2, 3, 4].map(() => limiter.allow())).toEqual([true, true, true, false]);
    await world.clock.advance(9);
    expect(limiter.allow()).toBe(false);
    await world.clock.advance(1);
    expect([limiter.allow(), limiter.allow()]).toEqual([true, false]);
    await world.clock.advance(10_000);
    expect([limiter.allow(3), limiter.allow()]).toEqual([true, false]);
  });

  it("takes nothing when there is too little", () => {
    const limiter = new RateLimiter({ perSecond: 1, burst: 3 });
    expect([limiter.allow(2), limiter.allow(2), limiter.allow(1)]).toEqual([true, false, true]);
  });

  it("does not barge in before those who wait", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 3 });
    limiter.allow(3);
    const first = limiter.wait(3);
    await world.clock.advance(20);
    expect(limiter.allow()).toBe(false);
    await world.clock.advance(10);
    await first;
  });
});

describe("wait", () => {
  it("lets calls through at the rate, first come, first served", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 1 });
    const calls = [1, 2, 3, 4].map((n) => limiter.wait().then(() => world.note(`${n}`)));
    await world.clock.advance(100);
    await Promise.all(calls);
    expect(world.log).toEqual(["0 1", "10 2", "20 3", "30 4"]);
  });

  it("does not let a small request pass a large one", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 5 });
    limiter.allow(5);
    const calls = [5, 1].map((n) => limiter.wait(n).then(() => world.note(`${n}`)));
    await world.clock.advance(100);
    await Promise.all(calls);
    expect(world.log).toEqual(["50 5", "60 1"]);
  });

  it("cancelled, gives its tokens back: those behind move up", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 5 });
    limiter.allow(5);
    const ctx = withCancel(background());
    const large = stateOf(limiter.wait(5, ctx));
    const small = limiter.wait(1).then(() => world.note("small"));
    await world.clock.advance(5);
    ctx.cancel();
    expect(await large).toMatchObject({ status: "pending" });
    await world.clock.advance(5);
    await small;
    expect(world.log).toEqual(["10 small"]);
    await expect(limiter.wait(5, ctx)).rejects.toBe(ctx.err);
  });

  it("cancelled as the first in line, it lets the next in at once if there is enough for it", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 5 });
    limiter.allow(5);
    const ctx = withCancel(background());
    const large = limiter.wait(5, ctx);
    const small = limiter.wait(2).then(() => world.note("small"));
    await world.clock.advance(30);
    ctx.cancel();
    await expect(large).rejects.toBe(ctx.err);
    await small;
    expect(world.log).toEqual(["30 small"]);
  });

  it("a cancel in the step before the tokens come gives them to the next in line, one in the step after gives nothing back", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 1 });
    limiter.allow();
    const [early, late] = [withTimeout(background(), 10), withCancel(background())];
    // The deadline's timer was set before the limiter's, and both are due at 10 ms.
    const first = stateOf(limiter.wait(1, early));
    const second = limiter.wait(1, late).then(() => (world.note("second"), late.cancel()));
    const third = limiter.wait(1).then(() => world.note("third"));
    await first;
    await world.clock.advance(30);
    await Promise.all([second, third]);
    expect(world.log).toEqual(["10 second", "20 third"]);
    expect(limiter.allow()).toBe(true);
    expect(limiter.allow()).toBe(false);
  });

  it("rejects what it could never serve, and blocks nobody with it", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 2 });
    await expect(limiter.wait(3)).rejects.toThrow(new RangeError("n: expected at most the burst of 2, got 3"));
    expect(limiter.allow(2)).toBe(true);
  });

  it("without a limit never waits", async () => {
    const limiter = new RateLimiter({ perSecond: Number.POSITIVE_INFINITY, burst: 2 });
    for (let i = 0; i < 3; i++) await limiter.wait(2);
    await world.clock.advance(1);
    expect([limiter.allow(2), limiter.allow(2)]).toEqual([true, true]);
  });
});

describe("reserve", () => {
  it("tells how long until its tokens are there, those before it counted", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 2 });
    expect(limiter.reserve(2).delay).toBe(0);
    expect(limiter.reserve().delay).toBe(10);
    const waiting = limiter.wait(1).then(() => world.note("wait"));
    expect(limiter.reserve(2).delay).toBe(40);
    await world.clock.advance(40);
    await waiting;
    expect(world.log).toEqual(["20 wait"]);
    expect(limiter.reserve().delay).toBe(10);
    await world.clock.advance(10);
  });

  it("cancelled in time gives the tokens back, and too late does not", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 1 });
    expect(limiter.reserve().cancel()).toBe(false);
    const [one, two] = [limiter.reserve(), limiter.reserve()];
    expect([one.delay, two.delay]).toEqual([10, 20]);
    expect([one.cancel(), one.cancel()]).toEqual([true, false]);
    await world.clock.advance(10);
    expect(two.cancel()).toBe(false);
    expect(limiter.reserve().delay).toBe(10);
    await world.clock.advance(10);
  });

  it("keeps the process alive only while a call waits", async () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 1 });
    limiter.allow();
    limiter.reserve();
    expect([world.clock.timers, world.clock.keptAlive]).toEqual([1, 0]);
    const waiting = limiter.wait();
    expect([world.clock.timers, world.clock.keptAlive]).toEqual([1, 1]);
    await world.clock.advance(20);
    await waiting;
  });
});

it("in any stretch of time grants no more than burst + rate * time, and wastes nothing while somebody waits", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.array(
        fc.record({ n: fc.integer({ min: 1, max: 6 }), gap: fc.integer({ min: 0, max: 30 }), leaves: fc.boolean() }),
        {
          maxLength: 15,
        },
      ),
      async (burst, program) => {
        const limiter = new RateLimiter({ perSecond: 100, burst });
        const grants: { at: number; n: number; order: number }[] = [];
        const leavers: { cancel(): void }[] = [];
        for (const [order, { n, gap, leaves }] of program.entries()) {
          const ctx = withCancel(background());
          limiter.wait(Math.min(n, burst), ctx).then(
            () => grants.push({ at: world.clock.now(), n: Math.min(n, burst), order }),
            () => {},
          );
          if (leaves) leavers.push(ctx);
          await world.clock.advance(gap);
          leavers.shift()?.cancel();
        }
        await world.clock.advance(2000);
        await flush();
        expect(grants.map(({ order }) => order)).toEqual(grants.map(({ order }) => order).sort((a, b) => a - b));
        for (let i = 0; i < grants.length; i++) {
          let sum = 0;
          for (let j = i; j < grants.length; j++) {
            sum += grants[j]?.n ?? 0;
            expect(sum).toBeLessThanOrEqual(burst + ((grants[j]?.at ?? 0) - (grants[i]?.at ?? 0)) / 10 + 1e-6);
          }
        }
        expect(world.clock.timers).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});

it.each<[() => unknown, string]>([
  [() => new RateLimiter({ perSecond: 0, burst: 1 }), "perSecond: expected a number greater than 0, got 0"],
  [() => new RateLimiter({ perSecond: Number.NaN, burst: 1 }), "perSecond: expected a number greater than 0, got NaN"],
  [() => new RateLimiter({ perSecond: 1, burst: 0 }), "burst: expected a whole number >= 1, got 0"],
  [() => new RateLimiter({ perSecond: 1, burst: 1 }).allow(0), "n: expected a whole number >= 1, got 0"],
  [() => new RateLimiter({ perSecond: 1, burst: 1 }).reserve(2), "n: expected at most the burst of 1, got 2"],
])("names what is wrong with an argument (%#)", (make, message) => {
  expect(make).toThrow(new RangeError(message));
});
