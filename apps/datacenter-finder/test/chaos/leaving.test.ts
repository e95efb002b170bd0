import { sleep } from "@conc/chan";
import { background, type Context, withCancel } from "@conc/context";
import { useFakeClock, watch } from "@conc/internal/testkit";
import { seeded } from "@conc/internal";
import { describe, expect, it, onTestFinished } from "vitest";
import type { HttpFinder } from "../../src/http-finder.ts";
import { Finds } from "../../src/service/finds.ts";
import { defaultLimits } from "../../src/service/limits.ts";
import { strategyNames } from "../../src/strategies.ts";
import { defaults } from "../../src/strategies/strategy.ts";

/** Three datacenters on the fake clock that take their time, or for ever, and count what runs. */
function fleetOf(draw: (n: number) => number) {
  const state = { running: 0, asked: 0 };
  const finders = ["SBG", "GRA", "BHS"].map((name) => ({
    name,
    weight: 10,
    find: async (ctx: Context) => {
      state.running++;
      state.asked++;
      try {
        await sleep(draw(4) === 0 ? 1e9 : draw(200), ctx);
        if (draw(5) === 0) throw new Error("broken");
        return draw(2) === 0;
      } finally {
        state.running--;
      }
    },
  })) as unknown as HttpFinder[];
  const close = () => Promise.resolve();
  return {
    state,
    fleet: { datacenters: finders, description: "", options: defaults, findersOf: () => finders, close },
  };
}

describe("finds whose callers leave at any moment", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("leave no request, no timer and nobody who waits: seed %d", async (seed) => {
    const draw = seeded(seed);
    const clock = useFakeClock();
    const watched = watch();
    onTestFinished(() => {
      watched.stop();
      clock.restore();
    });
    const { state, fleet } = fleetOf(draw);
    // A narrow door, so that some wait in the queue, some at a datacenter, and some are refused.
    const finds = new Finds(fleet, { limits: { ...defaultLimits, capacity: 300, perDatacenter: 50 } });
    const ended: Promise<unknown>[] = [];
    for (let i = 0; i < 250; i++) {
      const ctx = withCancel(background());
      const strategy = strategyNames[draw(strategyNames.length)] as (typeof strategyNames)[number];
      const query = { resource: `server-${draw(30)}`, strategy, timeout: 60_000 };
      const outcome = finds.shared(ctx, query).then(
        ({ report }) => report.result,
        (error: Error) => error.name,
      );
      // In the very step, in the next, or some time later.
      const stay = draw(3) === 0 ? 0 : draw(300);
      ended.push(
        outcome,
        sleep(stay).then(() => ctx.cancel()),
      );
      if (draw(3) === 0) await clock.advance(draw(20));
    }
    // Long before anything but a caller's leaving would end what takes for ever.
    await clock.advance(1000);
    const outcomes = new Set(await Promise.all(ended));
    expect(outcomes).toContain("cancelled");
    expect(outcomes).toContain("OverloadedError");
    expect(state.asked).toBeGreaterThan(100);
    expect(state.running).toBe(0);
    expect([clock.timers, watched.waiting]).toEqual([0, 0]);
    expect(finds.waiting).toBe(0);
  });
});
