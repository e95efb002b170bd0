import { setImmediate } from "node:timers/promises";
import { background, withCancel } from "@conc/context";
import { runtime } from "@conc/internal";
import { useFakeClock, watch } from "@conc/internal/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runDay } from "../src/day.ts";
import type { DayOptions, ShopEvent } from "../src/events.ts";
import { atOnce, of, usual, watchDay } from "./support/watch-day.ts";

const days: fc.Arbitrary<DayOptions> = fc.nat(60).chain((customers) =>
  fc.record({
    customers: fc.constant(customers),
    capacity: fc.integer({ min: 1, max: 8 }),
    stock: fc.nat(70),
    presidentAfter: fc.nat(customers),
    semaphore: fc.constantFrom("weighted" as const, "channel" as const),
    seed: fc.nat(),
  }),
);

async function afterRounds(n: number): Promise<void> {
  for (let round = 0; round < n; round++) await setImmediate();
}

function highestIn(events: readonly ShopEvent[]): number {
  let inside = 0;
  let highest = 0;
  for (const { event, size } of of(events, "enter", "leave")) {
    inside += event === "enter" ? size : -size;
    highest = Math.max(highest, inside);
  }
  return highest;
}

describe("a day with a semaphore, whatever the options", () => {
  it("never has more people inside than there is room for", async () => {
    await fc.assert(
      fc.asyncProperty(days, async (options) => {
        expect(highestIn(await watchDay(options))).toBeLessThanOrEqual(options.capacity);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("sells each chocolatine once, and as many as there are people who want one", async () => {
    await fc.assert(
      fc.asyncProperty(days, async (options) => {
        const events = await watchDay(options);
        const sold = of(events, "sell").map(({ chocolatine }) => chocolatine);
        const wanted = options.customers + (options.capacity >= 3 ? 3 : 0);
        expect(sold).toEqual(Array.from({ length: Math.min(options.stock, wanted) }, (_, at) => at + 1));
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("lets nobody in before somebody who came earlier", async () => {
    await fc.assert(
      fc.asyncProperty(days, async (options) => {
        const events = await watchDay(options);
        const entered = of(events, "enter").map(({ who }) => who);
        const arrived = of(events, "arrive").map(({ who }) => who);
        expect(entered).toEqual(arrived.filter((who) => entered.includes(who)));
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it("has one end for everybody who comes: in and out again, home without, or refused", async () => {
    await fc.assert(
      fc.asyncProperty(days, async (options) => {
        const events = await watchDay(options);
        const arrived = of(events, "arrive").map(({ who }) => who);
        expect(arrived).toHaveLength(options.customers + 1);
        const ended = of(events, "leave", "give-up", "refuse").map(({ who }) => who);
        expect(new Set(ended)).toEqual(new Set(arrived));
        expect(ended).toHaveLength(arrived.length);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it("is the same day, event for event, when it is run again", async () => {
    await fc.assert(
      fc.asyncProperty(days, async (options) => {
        expect(JSON.stringify(await watchDay(options))).toBe(JSON.stringify(await watchDay(options)));
      }),
      { seed: 5, numRuns: 30 },
    );
  });

  it("leaves nobody waiting, no timer, when it is over or broken off", async () => {
    const clock = useFakeClock();
    const watched = watch();
    try {
      await watchDay();
      expect(watched.waiting).toBe(0);

      using ctx = withCancel(background());
      let seen = 0;
      const emit = () => {
        seen += 1;
        if (seen === 300) ctx.cancel();
      };
      await expect(runDay(usual, { speed: atOnce, emit }, ctx)).rejects.toMatchObject({ name: "AbortError" });
      expect(watched.waiting).toBe(0);
      expect(clock.timers).toBe(0);
      expect(seen).toBeLessThan(310);
    } finally {
      watched.stop();
      clock.restore();
    }
  });
});

describe("the speed", () => {
  it("changes nothing about the day", async () => {
    const clock = useFakeClock();
    try {
      let isOver = false;
      const day = watchDay({ seed: 7 }, 60).finally(() => {
        isOver = true;
      });
      while (!isOver) await clock.advance(1000);
      expect(await day).toEqual(await watchDay({ seed: 7 }));
    } finally {
      clock.restore();
    }
  });
});

describe("a busy machine", () => {
  it("changes nothing about the day, however late everybody hears of what has happened", async () => {
    const expected = await watchDay({ customers: 1000 });
    runtime.controller = { decided: (waiter) => void afterRounds(3).then(() => waiter.tell(waiter.value)) };
    try {
      expect(await watchDay({ customers: 1000 })).toEqual(expected);
    } finally {
      runtime.controller = null;
    }
  });
});

describe("the usual day", () => {
  it("sells 200 chocolatines to 203 people, with the President among them", async () => {
    const [close] = of(await watchDay(), "close");
    expect(close).toMatchObject({
      highest: 5,
      sold: 200,
      left: 0,
      customers: 200,
      served: 197,
      president: "served",
      overtaken: 0,
    });
  });

  it("is another one with another seed", async () => {
    expect(await watchDay({ seed: 2 })).not.toEqual(await watchDay({ seed: 1 }));
  });

  it("is the same one with the channel as with the weighted semaphore", async () => {
    const [, ...weighted] = await watchDay({ semaphore: "weighted" });
    const [, ...channel] = await watchDay({ semaphore: "channel" });
    expect(channel).toEqual(weighted);
  });

  it("keeps three places free for the President, who came first, though others would fit in", async () => {
    const events = await watchDay();
    const arrived = of(events, "arrive").find(({ who }) => who === "President") as ShopEvent;
    const entered = of(events, "enter").find(({ who }) => who === "President") as ShopEvent;
    const between = events.slice(events.indexOf(arrived), events.indexOf(entered));
    const later = new Set(of(between, "arrive").map(({ who }) => who));
    expect(later.size).toBeGreaterThan(5);
    expect(of(between, "enter").filter(({ who }) => later.has(who))).toEqual([]);
    expect(of(between, "leave").filter(({ inside }) => inside < 5).length).toBeGreaterThanOrEqual(3);
  });
});

describe("a rush of 1000 customers", () => {
  it.each(["weighted", "channel", "none"] as const)("sells 200 chocolatines, never 201 (%s)", async (semaphore) => {
    const events = await watchDay({ customers: 1000, semaphore });
    const sold = of(events, "sell").map(({ chocolatine }) => chocolatine);
    expect(new Set(sold).size).toBe(200);
    expect(sold).toHaveLength(200);
  });

  it("sends the whole queue home when the last one is sold", async () => {
    const events = await watchDay({ customers: 1000 });
    const [soldOut] = of(events, "sold-out");
    expect(soldOut?.queue).toBeGreaterThan(500);
    const home = of(events, "give-up").filter(({ t }) => t === soldOut?.t);
    expect(home).toHaveLength(soldOut?.queue as number);
    expect(home.at(-1)?.queue).toBe(0);
  });
});

describe("a party larger than the shop", () => {
  it.each(["weighted", "channel"] as const)("is refused at once and holds up nobody (%s)", async (semaphore) => {
    const events = await watchDay({ capacity: 2, semaphore });
    const [refused] = of(events, "refuse");
    const arrived = of(events, "arrive").find(({ who }) => who === "President");
    expect(refused).toMatchObject({ t: arrived?.t, reason: "a party of 3 does not fit into a shop for 2" });
    expect(of(events, "close")).toMatchObject([{ president: "refused", served: 200, highest: 2, overtaken: 0 }]);
  });
});

describe("without a semaphore", () => {
  it("there are more people inside than there is room for", async () => {
    const events = await watchDay({ semaphore: "none" });
    expect(highestIn(events)).toBeGreaterThan(5);
    expect(of(events, "close")).toMatchObject([{ highest: highestIn(events), sold: 200 }]);
  });
});

describe("with nothing to sell", () => {
  it("the sign is up from the start", async () => {
    const events = await watchDay({ stock: 0, customers: 3, presidentAfter: 1 });
    const each = ["arrive", "give-up"];
    expect(events.map(({ event }) => event)).toEqual(["open", "sold-out", ...each, ...each, ...each, ...each, "close"]);
  });
});
