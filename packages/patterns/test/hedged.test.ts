import { sleep } from "@conc/chan";
import { background, type Context, withCancel, withTimeout } from "@conc/context";
import { stateOf, unhandledIn } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { Budget, hedged, type HedgeEvent, percentile } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

interface Server {
  readonly name: string;
  readonly ms: number;
  readonly fails?: boolean;
}

const fleet: Server[] = [
  { name: "SBG", ms: 100 },
  { name: "GRA", ms: 200 },
  { name: "BHS", ms: 300 },
];

async function ask(ctx: Context, { name, ms, fails }: Server): Promise<string> {
  world.note(`${name} asked`);
  await sleep(ms, ctx).catch((error) => {
    world.note(`${name} cancelled`);
    throw error;
  });
  world.note(`${name} ${fails ? "failed" : "answered"}`);
  if (fails) throw new Error(`${name} is broken`);
  return name;
}

describe("a fixed delay", () => {
  it("SBG is asked, GRA 75 ms later, SBG's answer at 100 ms ends it, BHS is never asked", async () => {
    const winner = await world.settled(hedged(background(), fleet, ask, { delay: 75 }));
    expect(winner).toMatchObject({ target: fleet[0], index: 0, value: "SBG", attempts: 2 });
    expect(world.log).toEqual(["0 SBG asked", "75 GRA asked", "100 SBG answered", "100 GRA cancelled"]);
  });

  it("sends nothing more than the first if the answer comes in time", async () => {
    const winner = await world.settled(hedged(background(), fleet, ask, { delay: 101 }));
    expect(winner.attempts).toBe(1);
    expect(world.log).toEqual(["0 SBG asked", "100 SBG answered"]);
  });

  it("goes on to the next target after each further delay", async () => {
    const slow = [900, 800, 700].map((ms) => ({ name: `${ms}`, ms }));
    const winner = await world.settled(hedged(background(), slow, ask, { delay: 75 }));
    expect(winner).toMatchObject({ value: "700", attempts: 3 });
    expect(world.log.slice(0, 4)).toEqual(["0 900 asked", "75 800 asked", "150 700 asked", "850 700 answered"]);
  });

  it("a failure sends the next attempt at once, and the delay begins anew", async () => {
    const servers = [{ name: "DCError", ms: 10, fails: true }, { name: "slow", ms: 500 }, ...fleet];
    const winner = await world.settled(hedged(background(), servers, ask, { delay: 75 }));
    expect(winner).toMatchObject({ value: "SBG", attempts: 4 });
    expect(world.log).toEqual([
      "0 DCError asked",
      "10 DCError failed",
      "10 slow asked",
      "85 SBG asked",
      "160 GRA asked",
      "185 SBG answered",
      "185 slow cancelled",
      "185 GRA cancelled",
    ]);
  });

  it("an answer that is not accepted sends the next attempt at once", async () => {
    const winner = await world.settled(
      hedged(background(), fleet, ask, { delay: 5_000, accept: (name) => name !== "SBG" }),
    );
    expect(winner).toMatchObject({ value: "GRA", attempts: 2 });
    expect(world.log).toEqual(["0 SBG asked", "100 SBG answered", "100 GRA asked", "300 GRA answered"]);
  });

  it("Infinity: the next one is asked only after a failure", async () => {
    const servers = [{ name: "DCError", ms: 10, fails: true }, ...fleet];
    const winner = await world.settled(hedged(background(), servers, ask, { delay: Number.POSITIVE_INFINITY }));
    expect(winner).toMatchObject({ value: "SBG", attempts: 2 });
    expect(world.log.slice(2)).toEqual(["10 SBG asked", "110 SBG answered"]);
  });

  it("0: all are asked at once", async () => {
    await world.settled(hedged(background(), fleet, ask, { delay: 0 }));
    expect(world.log.slice(0, 3)).toEqual(["0 SBG asked", "0 GRA asked", "0 BHS asked"]);
  });

  it("when every target has failed, rejects with all errors in target order", async () => {
    const broken = [50, 60, 10].map((ms) => ({ name: `${ms}`, ms, fails: true }));
    const call = world.settled(hedged(background(), broken, ask, { delay: 20 }));
    await expect(call).rejects.toMatchObject({
      errors: [{ message: "50 is broken" }, { message: "60 is broken" }, { message: "10 is broken" }],
    });
    expect(world.log.slice(0, 3)).toEqual(["0 50 asked", "20 60 asked", "40 10 asked"]);
  });

  it("the caller's deadline covers all attempts", async () => {
    const ctx = withTimeout(background(), 90);
    const reason = await world.settled(hedged(ctx, fleet, ask, { delay: 75 })).catch((error) => error);
    expect(reason).toBe(ctx.err);
    expect(reason.name).toBe("TimeoutError");
    expect(world.log).toEqual(["0 SBG asked", "75 GRA asked", "90 SBG cancelled", "90 GRA cancelled"]);
  });

  it("a cancel while the delay runs takes its timer back", async () => {
    const ctx = withTimeout(background(), 50);
    const call = hedged(ctx, fleet, ask, { delay: 75 });
    const state = stateOf(call);
    expect(world.clock.timers).toBe(3);
    ctx.cancel();
    expect(world.clock.timers).toBe(0);
    await state;
    await expect(call).rejects.toBe(ctx.err);
  });
});

describe("bad arguments reject, and name the argument", () => {
  it.each([Number.NaN, "5", undefined])("delay %s", async (delay) => {
    const call = hedged(background(), fleet, ask, { delay: delay as number });
    await expect(call).rejects.toThrow(/^delay: expected a number of milliseconds, got /);
    expect(world.log).toEqual([]);
  });

  it("no targets", async () => {
    await expect(hedged(background(), [] as Server[], ask, { delay: 1 })).rejects.toThrow("targets: expected at least");
  });
});

const broken = (name: string, ms: number, more: object = {}) => ({
  name,
  ms,
  error: Object.assign(new Error(name), more),
});

/** Asks a server that may have an error of its own. */
async function askOr(ctx: Context, server: Server & { error?: Error }): Promise<string> {
  const answer = await ask(ctx, server);
  if (server.error !== undefined) throw server.error;
  return answer;
}

const sentAt = () => world.log.filter((line) => line.endsWith("asked"));

describe("a delay that is a function", () => {
  it("gets how many attempts were sent, and sets the time to the next", async () => {
    const asked: number[] = [];
    const delay = (sent: number) => {
      asked.push(sent);
      return 50 * sent;
    };
    await world.settled(
      hedged(
        background(),
        fleet.map((server) => ({ ...server, ms: 1000 })),
        ask,
        { delay },
      ),
    );
    expect(asked).toEqual([1, 2]);
    expect(sentAt()).toEqual(["0 SBG asked", "50 GRA asked", "150 BHS asked"]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no idea");
      },
      "no idea",
    ],
    ["gives NaN", () => Number.NaN, "delay: expected a number of milliseconds, got NaN"],
  ])("that %s ends the call, and cancels what was sent", async (_, delay, message) => {
    await expect(world.settled(hedged(background(), fleet, ask, { delay }))).rejects.toThrow(message);
    expect(world.log).toEqual(["0 SBG asked", "0 SBG cancelled"]);
  });
});

describe("a delay that follows what calls took", () => {
  const warm = (p: number, ms: number) => {
    const latency = percentile(p);
    for (let i = 0; i < 100; i++) latency.record(ms);
    return latency;
  };

  it("sends the hedge after the percentile", async () => {
    const winner = await world.settled(hedged(background(), fleet, ask, { delay: warm(0.9, 80) }));
    expect(winner).toMatchObject({ value: "SBG", attempts: 2 });
    expect(Number.parseFloat(world.log[1] as string)).toBeCloseTo(80, -1);
  });

  it("sends no hedge in cold start without `initial`, and with it after that", async () => {
    await world.settled(hedged(background(), fleet, ask, { delay: percentile(0.95) }));
    expect(sentAt()).toEqual(["0 SBG asked"]);
    world.log.length = 0;
    await world.settled(hedged(background(), fleet, ask, { delay: percentile(0.95, { initial: 30 }) }));
    expect(sentAt().map((line) => line.split(" ")[1])).toEqual(["SBG", "GRA", "BHS"]);
  });

  it("in cold start a failure still sends the next attempt", async () => {
    const winner = await world.settled(
      hedged(background(), [broken("a", 5), ...fleet], askOr, { delay: percentile(0.95) }),
    );
    expect(winner).toMatchObject({ value: "SBG", attempts: 2 });
  });

  it("learns from first attempts: their answers, and how long at least those took that lost", async () => {
    const latency = percentile(0.5);
    const recorded: string[] = [];
    const spy = {
      get delay() {
        return 75;
      },
      get median() {
        return latency.median;
      },
      record: (ms: number) => void recorded.push(`${ms}`),
      recordAtLeast: (ms: number) => void recorded.push(`at least ${ms}`),
    };
    await world.settled(hedged(background(), [{ name: "x", ms: 20 }], ask, { delay: spy }));
    await world.settled(
      hedged(
        background(),
        [
          { name: "slow", ms: 5000 },
          { name: "y", ms: 20 },
        ],
        ask,
        { delay: spy },
      ),
    );
    await world.settled(hedged(background(), [broken("z", 20), { name: "y", ms: 20 }], askOr, { delay: spy }));
    const ctx = withTimeout(background(), 60);
    await world.settled(hedged(ctx, fleet, ask, { delay: spy })).catch(() => {});
    expect(recorded).toEqual(["20", "at least 95", "at least 60"]);
  });

  it("is not drawn down by its own hedges: the estimate stays where the first attempts are", async () => {
    // Nine of ten calls take 100 ms, one takes 1000; hedges always answer in 10.
    const latency = percentile(0.8, { window: 1e9 });
    let n = 0;
    for (let i = 0; i < 300; i++) {
      const first = { name: "first", ms: n++ % 10 === 0 ? 1000 : 100 };
      const call = hedged(background(), [first, { name: "hedge", ms: 10 }], ask, { delay: latency });
      await world.clock.advance(1000);
      await call;
    }
    expect(latency.delay).toBeGreaterThan(98);
    expect(latency.delay).toBeLessThan(102);
  });

  it("sends none when less time is left to the deadline than half the calls take", async () => {
    const suppressed: unknown[] = [];
    const delay = warm(0.9, 80);
    const observe = (event: HedgeEvent<unknown>) => void (event.type === "suppressed" && suppressed.push(event.by));
    const ctx = withTimeout(background(), 150);
    await world.settled(hedged(ctx, [{ name: "slow", ms: 5000 }, ...fleet], ask, { delay, observe })).catch(() => {});
    expect(sentAt()).toEqual(["0 slow asked"]);
    expect(suppressed).toEqual(["deadline"]);
    world.log.length = 0;
    const roomy = withTimeout(background(), 230);
    await world.settled(hedged(roomy, [{ name: "slow", ms: 5000 }, ...fleet], ask, { delay, observe }));
    expect(sentAt()).toHaveLength(2);
    expect(suppressed).toEqual(["deadline", "deadline"]);
  });
});

describe("a failure with little time left", () => {
  it("still sends the next attempt: there is nothing to lose by trying", async () => {
    const latency = percentile(0.9);
    for (let i = 0; i < 100; i++) latency.record(80);
    const servers = [broken("a", 30), { name: "quick", ms: 10 }];
    const call = hedged(withTimeout(background(), 60), servers, askOr, { delay: latency });
    expect(await world.settled(call)).toMatchObject({ value: "quick", attempts: 2 });
  });
});

describe("the timer of a delay", () => {
  it("does not outlive the attempt that it was set for: a failure's next attempt has a delay of its own, be it for ever", async () => {
    const servers = [broken("a", 10), { name: "slow", ms: 200 }, ...fleet];
    const delay = (sent: number) => (sent === 1 ? 50 : Number.POSITIVE_INFINITY);
    expect(await world.settled(hedged(background(), servers, askOr, { delay }))).toMatchObject({ value: "slow" });
    expect(sentAt()).toEqual(["0 a asked", "10 slow asked"]);
  });
});

describe("maxAttempts", () => {
  it("bounds what is sent", async () => {
    const winner = await world.settled(hedged(background(), fleet, ask, { delay: 10, maxAttempts: 2 }));
    expect(winner.attempts).toBe(2);
    expect(sentAt()).toEqual(["0 SBG asked", "10 GRA asked"]);
  });

  it("more than there are targets: asks them again, none twice while others are left", async () => {
    const slow = ["a", "b", "c"].map((name) => ({ name, ms: 500 }));
    await world.settled(hedged(background(), slow, ask, { delay: 10, maxAttempts: 7 }));
    expect(sentAt().map((line) => line.split(" ")[1])).toEqual(["a", "b", "c", "a", "b", "c", "a"]);
  });

  it("counts attempts that a failure has released", async () => {
    const call = hedged(background(), [broken("a", 1), broken("b", 1), broken("c", 1)], askOr, {
      delay: 100,
      maxAttempts: 2,
    });
    await expect(world.settled(call)).rejects.toMatchObject({ errors: [{ message: "a" }, { message: "b" }] });
  });
});

describe("nonFatal", () => {
  it("false: the failure is the call's, at once, and what runs is cancelled", async () => {
    const bad = broken("bad request", 60);
    const call = hedged(background(), [{ name: "slow", ms: 900 }, bad, ...fleet], askOr, {
      delay: 50,
      nonFatal: (reason, target, index) => !(reason === bad.error && target === bad && index === 1),
    });
    await expect(world.settled(call)).rejects.toBe(bad.error);
    expect(world.log.slice(2)).toEqual([
      "100 SBG asked",
      "110 bad request answered",
      "110 slow cancelled",
      "110 SBG cancelled",
    ]);
  });

  it("true: the next attempt is sent at once", async () => {
    const call = hedged(background(), [broken("a", 5), ...fleet], askOr, { delay: 50, nonFatal: () => true });
    expect(await world.settled(call)).toMatchObject({ value: "SBG" });
    expect(sentAt().slice(0, 2)).toEqual(["0 a asked", "5 SBG asked"]);
  });

  it("that throws ends the call with what it threw", async () => {
    const error = new Error("cannot tell");
    const call = hedged(background(), [broken("a", 5), ...fleet], askOr, {
      delay: 50,
      nonFatal: () => {
        throw error;
      },
    });
    await expect(world.settled(call)).rejects.toBe(error);
    expect(sentAt()).toEqual(["0 a asked"]);
  });
});

describe("a server's pushback", () => {
  it("puts the next attempt off, and the delay counts from there", async () => {
    const servers = [broken("busy", 10, { retryAfter: 200 }), { name: "slow", ms: 900 }, ...fleet];
    const winner = await world.settled(hedged(background(), servers, askOr, { delay: 75 }));
    expect(winner.value).toBe("SBG");
    expect(sentAt()).toEqual(["0 busy asked", "210 slow asked", "285 SBG asked", "360 GRA asked"]);
  });

  it("holds for all: another server's failure does not send the next one earlier", async () => {
    const servers = [broken("busy", 60, { retryAfter: 200 }), broken("down", 30), ...fleet];
    await world.settled(hedged(background(), servers, askOr, { delay: 50 }));
    expect(sentAt().slice(0, 3)).toEqual(["0 busy asked", "50 down asked", "260 SBG asked"]);
  });

  it("of another server that asks for less does not send the next one earlier either", async () => {
    const servers = [broken("busy", 60, { retryAfter: 200 }), broken("less busy", 30, { retryAfter: 20 }), ...fleet];
    await world.settled(hedged(background(), servers, askOr, { delay: 50 }));
    expect(sentAt().slice(0, 3)).toEqual(["0 busy asked", "50 less busy asked", "260 SBG asked"]);
  });

  it("for good: nothing more is sent or due, what runs may still win", async () => {
    const servers = [{ name: "slow", ms: 900 }, broken("go away", 10, { retryAfter: -1 }), ...fleet];
    const types: string[] = [];
    const observe = ({ type }: HedgeEvent<unknown>) => void types.push(type);
    const winner = await world.settled(hedged(background(), servers, askOr, { delay: 50, observe }));
    expect(winner).toMatchObject({ value: "slow", attempts: 2 });
    expect(types).toEqual(["sent", "hedged", "failed", "won"]);
    const call = hedged(background(), [broken("go away", 10, { retryAfter: Number.NaN }), ...fleet], askOr, {
      delay: 50,
    });
    await expect(world.settled(call)).rejects.toMatchObject({ errors: [{ message: "go away" }] });
  });

  it("beyond the deadline: the call fails now, not then", async () => {
    const suppressed: unknown[] = [];
    const call = hedged(withTimeout(background(), 500), [broken("busy", 10, { retryAfter: 600 }), ...fleet], askOr, {
      delay: 50,
      observe: (event) => void (event.type === "suppressed" && suppressed.push([world.clock.now(), event.by])),
    });
    await expect(world.settled(call)).rejects.toMatchObject({ errors: [{ message: "busy" }] });
    expect(suppressed).toEqual([[10, "deadline"]]);
  });

  it("suppresses nothing when there was nothing left to send", async () => {
    const types: string[] = [];
    const observe = ({ type }: HedgeEvent<unknown>) => void types.push(type);
    const ctx = withTimeout(background(), 500);
    const busy = [broken("busy", 10, { retryAfter: 600 })];
    const call = hedged(ctx, busy, askOr, { delay: 50, observe });
    await expect(world.settled(call)).rejects.toMatchObject({ errors: [{ message: "busy" }] });
    expect(types).toEqual(["sent", "failed"]);
  });

  it("can be read otherwise, or not at all", async () => {
    const servers = [broken("busy", 10, { retryAfter: 200, wait: 20 }), ...fleet];
    const pushback = (reason: unknown) => (reason as { wait: number }).wait;
    await world.settled(hedged(background(), servers, askOr, { delay: 5000, pushback }));
    await world.settled(hedged(background(), servers, askOr, { delay: 5000, pushback: () => undefined }));
    expect(sentAt()).toEqual(["0 busy asked", "30 SBG asked", "10000 busy asked", "10010 SBG asked"]);
  });
});

describe("a budget", () => {
  it("is paid in by calls, and every further attempt takes one out", async () => {
    const budget = new Budget({ ratio: 0.5, burst: 1 });
    const attempts: number[] = [];
    for (let i = 0; i < 5; i++) {
      const winner = await world.settled(hedged(background(), fleet, ask, { delay: 75, budget }));
      attempts.push(winner.attempts);
    }
    expect(attempts).toEqual([2, 1, 2, 1, 2]);
  });

  it("is paid by attempts that a failure released too: without it the call fails", async () => {
    const budget = new Budget({ ratio: 0, burst: 0 });
    const call = hedged(background(), [broken("a", 5), ...fleet], askOr, { delay: 50, budget });
    await expect(world.settled(call)).rejects.toMatchObject({ errors: [{ message: "a" }] });
    expect(sentAt()).toEqual(["0 a asked"]);
  });

  it("of the user's own that throws ends the call with what it threw, and cancels what runs", async () => {
    const error = new Error("no budget service");
    const broke = () => {
      throw error;
    };
    const call = hedged(background(), fleet, ask, { delay: 50, budget: { deposit: () => {}, tryWithdraw: broke } });
    await expect(world.settled(call)).rejects.toBe(error);
    expect(world.log).toEqual(["0 SBG asked", "50 SBG cancelled"]);
    world.log.length = 0;
    const never = hedged(background(), fleet, ask, { delay: 50, budget: { deposit: broke, tryWithdraw: () => true } });
    await expect(never).rejects.toBe(error);
    expect(world.log).toEqual([]);
  });

  it("spent: what runs goes on, and may win", async () => {
    const budget = new Budget({ ratio: 0, burst: 1 });
    const servers = [{ name: "slow", ms: 900 }, broken("a", 5), ...fleet];
    const winner = await world.settled(hedged(background(), servers, askOr, { delay: 50, budget }));
    expect(winner).toMatchObject({ value: "slow", attempts: 2 });
  });

  it("stops a brown-out in which everything is slow and yet succeeds from doubling the load", async () => {
    const budget = new Budget({ ratio: 0.05, burst: 2 });
    let attempts = 0;
    for (let i = 0; i < 200; i++) {
      const call = hedged(background(), [1, 2], (ctx) => sleep(1000, ctx), { delay: 10, budget });
      await world.clock.advance(1000);
      attempts += (await call).attempts;
    }
    // The first call found the budget full.
    expect(attempts).toBe(200 + 2 + Math.floor(0.05 * 199));
  });
});

describe("observe", () => {
  it("reports what was sent, hedged, won by the hedge, and wasted", async () => {
    const events: HedgeEvent<Server>[] = [];
    const servers = [{ name: "slow", ms: 900 }, ...fleet];
    await world.settled(
      hedged(background(), servers, ask, { delay: 75, maxAttempts: 2, observe: (event) => void events.push(event) }),
    );
    expect(events).toEqual([
      { type: "sent", target: servers[0], index: 0, attempt: 1 },
      { type: "hedged", after: "delay", target: servers[1], index: 1, attempt: 2 },
      { type: "won", ms: 100, hedge: true, target: servers[1], index: 1, attempt: 2 },
      { type: "wasted", ms: 175, target: servers[0], index: 0, attempt: 1 },
    ]);
  });

  it("reports failures, and hedges that they released", async () => {
    const events: HedgeEvent<unknown>[] = [];
    const bad = broken("a", 5);
    await world.settled(
      hedged(background(), [bad, ...fleet], askOr, { delay: 5000, observe: (e) => void events.push(e) }),
    );
    expect(events.map((event) => event.type)).toEqual(["sent", "failed", "hedged", "won"]);
    expect(events[1]).toMatchObject({ ms: 5, reason: bad.error });
    expect(events[2]).toMatchObject({ after: "failure", index: 1 });
    expect(events[3]).toMatchObject({ hedge: true, ms: 100 });
  });

  it("does not count as wasted what failed or answered itself, but what was cut short", async () => {
    const events: string[] = [];
    const recorded: string[] = [];
    const delay = {
      delay: 50,
      median: undefined,
      record: (ms: number) => void recorded.push(`${ms}`),
      recordAtLeast: (ms: number) => void recorded.push(`at least ${ms}`),
    };
    const observe = (event: HedgeEvent<{ name: string }>) =>
      void events.push("target" in event ? `${event.type} ${event.target.name}` : event.type);
    const fatal = [broken("fatal", 60), ...fleet];
    await world.settled(hedged(background(), fatal, askOr, { delay, nonFatal: () => false, observe })).catch(() => {});
    expect(events).toEqual(["sent fatal", "hedged SBG", "failed fatal", "wasted SBG"]);
    expect(recorded).toEqual([]);
    const ctx = withCancel(background());
    const accept = () => {
      ctx.cancel();
      return true;
    };
    await world.settled(hedged(ctx, fleet, ask, { delay, accept })).catch(() => {});
    expect(recorded).toEqual(["100"]);
  });

  it.each<[string, Parameters<typeof hedged<Server, string>>[3], string]>([
    ["the budget", { delay: 50, budget: new Budget({ ratio: 0, burst: 0 }) }, "50 budget"],
    ["the want of a target", { delay: 50 }, "150 target"],
  ])("reports a hedge that was suppressed by %s, once", async (_, options, expected) => {
    const events: string[] = [];
    const slow = fleet.map((server) => ({ ...server, ms: 1000 }));
    await world.settled(
      hedged(background(), slow, ask, {
        ...options,
        observe: (event) => void (event.type === "suppressed" && events.push(`${world.clock.now()} ${event.by}`)),
      }),
    );
    expect(events).toEqual([expected]);
  });

  it("reports no want of a target when all were asked at once", async () => {
    const types: string[] = [];
    await world.settled(hedged(background(), fleet, ask, { delay: 0, observe: ({ type }) => void types.push(type) }));
    expect(types).toEqual(["sent", "hedged", "hedged", "won", "wasted", "wasted"]);
  });

  it("tells of no winner when `accept` itself has cancelled the call", async () => {
    const events: string[] = [];
    const ctx = withCancel(background());
    const accept = () => {
      ctx.cancel();
      return true;
    };
    const call = hedged(ctx, fleet, ask, { delay: 500, accept, observe: ({ type }) => void events.push(type) });
    await expect(world.settled(call)).rejects.toThrow("context canceled");
    expect(events).toEqual(["sent"]);
  });

  it("that throws has no effect on the call, and is loud", async () => {
    const error = new Error("observer");
    const loud = await unhandledIn(async () => {
      const observe = () => {
        throw error;
      };
      const call = hedged(background(), [{ name: "x", ms: 5 }], ask, { delay: 50, observe });
      expect(await world.settled(call)).toMatchObject({ value: "x" });
    });
    expect(loud).toEqual([error, error]);
  });
});

describe("more bad arguments reject, and name the argument", () => {
  it.each<[object | undefined, string]>([
    [undefined, "delay: expected a number of milliseconds, got undefined"],
    [{ delay: {} }, "delay: expected a number of milliseconds, got an instance of Object"],
    [{ delay: 1, maxAttempts: 0 }, "maxAttempts: expected a whole number >= 1, got 0"],
    [{ delay: 1, accept: true }, "accept: expected a function, got true"],
    [{ delay: 1, nonFatal: "503" }, 'nonFatal: expected a function, got "503"'],
    [{ delay: 1, pushback: 5 }, "pushback: expected a function, got 5"],
    [{ delay: 1, observe: {} }, "observe: expected a function, got an instance of Object"],
    [{ delay: 1, budget: 0.05 }, "budget: expected a Budget, got 0.05"],
  ])("%o", async (options, message) => {
    await expect(hedged(background(), fleet, ask, options as never)).rejects.toThrow(message);
    expect(world.log).toEqual([]);
  });
});
