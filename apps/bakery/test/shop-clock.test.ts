import { background, withCancel } from "@conc/context";
import { useFakeClock } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ShopClock } from "../src/shop-clock.ts";
import { atOnce } from "./support/watch-day.ts";

let real: ReturnType<typeof useFakeClock>;

beforeEach(() => {
  real = useFakeClock();
});

afterEach(() => {
  real.restore();
});

function wakeAt(clock: ShopClock, times: readonly number[]): number[] {
  const woken: number[] = [];
  for (const time of times) void clock.sleep(time, background()).then(() => woken.push(clock.now));
  return woken;
}

describe("the shop's clock", () => {
  it("wakes everybody at their time, in order", async () => {
    const clock = new ShopClock();
    const woken = wakeAt(clock, [300, 100, 200, 100]);
    await clock.run(atOnce, () => true, background());
    expect(woken).toEqual([100, 100, 200, 300]);
    expect(clock.asleep).toBe(0);
  });

  it("passes at the speed that is asked for", async () => {
    const clock = new ShopClock();
    const woken = wakeAt(clock, [60_000, 120_000]);
    const running = clock.run(60, () => true, background());
    await real.advance(999);
    expect(woken).toEqual([]);
    await real.advance(1);
    expect(woken).toEqual([60_000]);
    await real.advance(1000);
    expect(woken).toEqual([60_000, 120_000]);
    await running;
  });

  it("does not go on before everything has settled", async () => {
    const clock = new ShopClock();
    const woken = wakeAt(clock, [100]);
    const wokenAtLook: number[] = [];
    await clock.run(atOnce, () => wokenAtLook.push(woken.length) >= 5, background());
    expect(wokenAtLook).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it("stops with the context, also while nothing settles, and leaves no timer", async () => {
    using ctx = withCancel(background());
    const clock = new ShopClock();
    void clock.sleep(60_000, background());
    const running = clock.run(60, () => true, ctx);
    await real.advance(10);
    expect(real.timers).toBe(1);
    ctx.cancel();
    await expect(running).rejects.toBe(ctx.err);
    expect(real.timers).toBe(0);
    await expect(new ShopClock().run(60, () => false, ctx)).rejects.toBe(ctx.err);
  });
});
