import { sleep } from "@conc/chan";
import { useFakeClock } from "@conc/internal/testkit";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../src/database.ts";
import { race, type RaceResult } from "../src/race.ts";
import { type Strategy, strategies } from "../src/strategies.ts";

let clock: ReturnType<typeof useFakeClock>;

beforeEach(() => {
  clock = useFakeClock();
});

afterEach(() => {
  clock.restore();
});

function strategyOf(name: Strategy["name"]): Strategy {
  return strategies.find((strategy) => strategy.name === name) as Strategy;
}

/** When each task asks, and how long each connect takes. Asking falls on even, connecting ends on odd times: no two at once. */
interface Script {
  readonly arrivals: readonly number[];
  readonly durations: readonly number[];
}

const scripts: fc.Arbitrary<Script> = fc.integer({ min: 1, max: 8 }).chain((tasks) =>
  fc.record({
    arrivals: fc.array(
      fc.nat(60).map((n) => 2 * n),
      { minLength: tasks, maxLength: tasks },
    ),
    durations: fc.array(
      fc.nat(60).map((n) => 2 * n + 1),
      { minLength: tasks + 1, maxLength: tasks + 1 },
    ),
  }),
);

async function play(name: Strategy["name"], { arrivals, durations }: Script) {
  const strategy = strategyOf(name);
  const lines: string[] = [];
  let connects = 0;
  let failNext = strategy.firstFails;
  let opened = 0;

  async function connect(): Promise<Database> {
    const fail = failNext;
    failNext = false;
    await sleep(durations[connects++] as number);
    if (fail) throw new Error("not there yet");
    opened += 1;
    return { id: opened, close: async () => {} };
  }

  const running = race({
    strategy,
    tasks: arrivals.length,
    connect,
    arrive: (task) => sleep(arrivals[task - 1] as number),
    log: (line) => lines.push(line),
  });
  await clock.advance(10_000);
  const result: RaceResult = await running;
  return { ...result, opened, lines, ids: new Set(result.databases.map(({ id }) => id)).size };
}

/** How many connect when each that finds nothing does: those that ask before the first connection is there. */
function withoutLock({ arrivals, durations }: Script): number {
  let there = Number.POSITIVE_INFINITY;
  let connects = 0;
  for (const arrival of arrivals.toSorted((a, b) => a - b)) {
    if (arrival < there) there = Math.min(there, arrival + (durations[connects++] as number));
  }
  return connects;
}

/** How many connect when they do so in turn, each that found nothing when it came. */
function lockedTooLate({ arrivals, durations }: Script): number {
  const first = Math.min(...arrivals) + (durations[0] as number);
  return arrivals.filter((arrival) => arrival < first).length;
}

describe("the race for THE database, on fake time", () => {
  it("naive: everybody who asks before the first connection is there opens one more", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const { opened, connects } = await play("naive", script);
        expect(opened).toBe(withoutLock(script));
        expect(connects).toBe(opened);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it("double-check: so does everybody who waited for the lock", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const { opened } = await play("double-check", script);
        expect(opened).toBe(lockedTooLate(script));
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it.each(["mutex", "once"] as const)("%s: one connection, whoever asks when", async (name) => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const { opened, connects, ids, databases } = await play(name, script);
        expect({ opened, connects, ids }).toEqual({ opened: 1, connects: 1, ids: 1 });
        expect(databases).toHaveLength(script.arrivals.length);
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it("once-retry: the first connect fails, and whoever asks next gets the one that works", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const { opened, connects, ids, databases } = await play("once-retry", script);
        expect({ opened, connects, ids }).toEqual({ opened: 1, connects: 2, ids: 1 });
        expect(databases).toHaveLength(script.arrivals.length);
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  it("prints the workshop's lines", async () => {
    const { lines } = await play("once", { arrivals: [0, 0, 0], durations: [5] });
    expect(lines).toEqual([
      "connecting to database",
      "got database connection! database=1",
      "got database connection! database=1",
      "got database connection! database=1",
    ]);
  });

  it("tells each task that shared a failed connect, and lets it ask again", async () => {
    const { lines } = await play("once-retry", { arrivals: [0, 0], durations: [5, 5] });
    expect(lines.toSorted()).toEqual([
      "connecting to database",
      "connecting to database",
      "got database connection! database=1",
      "got database connection! database=1",
      "no database connection: not there yet; asking again",
      "no database connection: not there yet; asking again",
    ]);
  });

  it("leaves no timer behind", async () => {
    await play("double-check", { arrivals: [0, 2, 4], durations: [9, 9, 9] });
    expect(clock.timers).toBe(0);
  });

  it("rejects when all have ended, if one got no database", async () => {
    let asked = 0;
    const running = race({
      strategy: strategyOf("naive"),
      tasks: 2,
      connect: async () => {
        asked += 1;
        if (asked === 1) throw new Error("refused");
        await sleep(10);
        return { id: 2, close: async () => {} };
      },
      log: () => {},
    });
    await Promise.all([expect(running).rejects.toThrow("refused"), clock.advance(10)]);
  });
});

describe("what becomes of a failed connect", () => {
  it("once keeps it: nobody ever gets a database", async () => {
    let connects = 0;
    const getDatabase = strategyOf("once").open(async () => {
      connects += 1;
      throw new Error("refused");
    });
    await expect(getDatabase()).rejects.toThrow("refused");
    await expect(getDatabase()).rejects.toThrow("refused");
    expect(connects).toBe(1);
  });
});
