import { after, Chan, recv, select, sleep, yieldNow } from "@conc/chan";
import { background, withTimeout } from "@conc/context";
import { go, Mutex } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { type ExploreOptions, explore, interleave, NondeterminismError } from "../src/index.ts";
import { failureOf, lostUpdate, threeTasks } from "./support/bodies.ts";

describe("an exploration", () => {
  it("gives the schedules run, the steps, and the distinct outcomes with how often each came", async () => {
    const seen = await explore(threeTasks, { schedules: 60, seed: 1, strategy: "random" });
    expect(seen).toMatchObject({ strategy: "random", schedules: 60, seed: 1, complete: false, fromOutside: 0 });
    expect([...seen.outcomes.keys()].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
    expect([...seen.outcomes.values()].reduce((a, b) => a + b)).toBe(60);
    expect(String(seen)).toMatch(/^60 schedules \(random, seed 1\), 240 steps, 6 outcomes\n {2}\d+ times: /);
  });

  it("prints each outcome in a line, however many its error has", async () => {
    const body = async () => {
      if ((await threeTasks()) === "cba") throw new Error("expected abc\n\n  and got\n  something else\n");
    };
    const { exploration } = await failureOf(body, { strategy: "random" });
    expect(exploration?.outcomes.has("throws Error: expected abc\n\n  and got\n  something else\n")).toBe(true);
    expect(String(exploration)).toContain("1 time: throws Error: expected abc and got something else");
  });

  it("sees the same schedules for the same seed, others for another", async () => {
    const outcomes = async (seed: number) => [...(await explore(threeTasks, { schedules: 30, seed })).outcomes];
    expect(await outcomes(7)).toEqual(await outcomes(7));
    expect(await outcomes(7)).not.toEqual(await outcomes(8));
  });

  it("draws a new seed each time when it is given none, and tells it", async () => {
    const [a, b] = [await explore(threeTasks, { schedules: 1 }), await explore(threeTasks, { schedules: 1 })];
    expect(a.seed).not.toBe(b.seed);
  });

  it("orders the choices of a select as well", async () => {
    const both = async () => {
      const [a, b] = [new Chan<string>(1), new Chan<string>(1)];
      await a.send("a");
      await b.send("b");
      return select([recv(a, (r) => r.value), recv(b, (r) => r.value)]);
    };
    expect((await explore(both, { strategy: "exhaustive" })).outcomes).toEqual(
      new Map([
        ["a", 1],
        ["b", 1],
      ]),
    );
  });

  it("fires timers in the order of their times, or with any-order in any", async () => {
    const race = () => select([recv(after(10), () => "10"), recv(after(20), () => "20")]);
    const outcomes = async (timers: "in-order" | "any-order") =>
      [...(await explore(race, { timers, schedules: 50, seed: 1 })).outcomes.keys()].sort();
    expect(await outcomes("in-order")).toEqual(["10"]);
    expect(await outcomes("any-order")).toEqual(["10", "20"]);
  });

  it("with any-order lets a deadline come before the work that should be done by then", async () => {
    const body = async () => {
      const ctx = withTimeout(background(), 1000);
      const ch = new Chan<string>();
      void go(() => ch.send("in time", ctx).catch(() => {}));
      return ch.recv(ctx).then(
        (r) => r.value,
        () => "too late",
      );
    };
    const { outcomes } = await explore(body, { timers: "any-order", schedules: 50, seed: 1 });
    expect([...outcomes.keys()].sort()).toEqual(["in time", "too late"]);
  });

  it("lets a task that polls not keep the others from their turn", async () => {
    for (const pause of [yieldNow, interleave]) {
      const poll = async () => {
        let stop = false;
        const poller = go(async () => {
          while (!stop) await pause();
        });
        await interleave();
        stop = true;
        await poller;
        return "done";
      };
      const { outcomes } = await explore(poll, { schedules: 50, seed: 1 });
      expect([...outcomes]).toEqual([["done", 50]]);
    }
  });

  it("is exhaustive when asked: a program's every outcome, and no schedule twice", async () => {
    const seen = await explore(threeTasks, { strategy: "exhaustive" });
    expect(seen).toMatchObject({ schedules: 6, complete: true, covered: 1 });
    expect(new Set(seen.outcomes.values())).toEqual(new Set([1]));
    expect(String(seen)).toContain("That is all of them");
  });

  it("says how far it came when an exhaustive exploration hits the bound that was set", async () => {
    const seen = await explore(threeTasks, { strategy: "exhaustive", schedules: 3 });
    expect(seen.complete).toBe(false);
    expect(seen.covered).toBeCloseTo(0.5);
    expect(String(seen)).toContain("NOT all of them: about 50 %");
  });

  it("says of a body that depends on something else that it does", async () => {
    let runs = 0;
    const fickle = async () => {
      if (runs++ % 2 === 0) await Promise.all([go(() => {}), go(() => {}), go(() => {})]);
      else await go(() => {});
    };
    for (const strategy of ["exhaustive", "dpor"] as const) {
      runs = 0;
      await expect(explore(fickle, { strategy })).rejects.toThrow(NondeterminismError);
    }
  });

  it("counts what comes from outside as a step, and says so", async () => {
    const seen = await explore(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        await interleave();
      },
      { schedules: 3, seed: 1 },
    );
    expect(seen.fromOutside).toBe(3);
    expect(String(seen)).toContain("3 times something came from outside");
  });

  it("refuses options that are none", async () => {
    const refused = (options: object) =>
      expect(explore(() => {}, options as ExploreOptions)).rejects.toThrow(RangeError);
    await refused({ strategy: "luck" });
    await refused({ schedules: 0 });
    await refused({ seed: -1 });
    await refused({ timers: "backwards" });
    await refused({ leaks: "maybe" });
    await refused({ maxSteps: 0.5 });
    await expect(explore(1 as never)).rejects.toThrow(TypeError);
  });
});

describe("a failed exploration", () => {
  it("says that something came from outside, and how far a replay is exact then", async () => {
    const { message } = await failureOf(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      throw new Error("no");
    });
    expect(message).toContain(
      "Something came from outside (fetch, files, setTimeout), one step each: a replay is exact as far as",
    );
    const { message: other } = await failureOf(() => Promise.reject(new Error("no")));
    expect(other).not.toContain("outside");
  });

  it("shows the shrunk schedule with task names, lines of the program and what each step did", async () => {
    const error = await failureOf(lostUpdate, { strategy: "random" });
    expect(error).toMatchObject({
      name: "ExplorationError",
      code: "ERR_SCHEDULE_FAILED",
      kind: "error",
      schedule: "schedule-01",
    });
    expect((error.cause as Error).message).toContain("expected 1 to be 2");
    const here = String.raw`\(\S*test/support/bodies\.ts:\d+:\d+\)`;
    const steps = [
      String.raw`1  main         starts, then: add of WaitGroup 1, wait of WaitGroup 1`,
      String.raw`2  increment    starts ${here}`,
      String.raw`3  increment 2  starts ${here}`,
      String.raw`4  increment 2  goes on after interleave ${here}, then: end of a task, done of WaitGroup 1`,
      String.raw`5  increment    goes on after interleave ${here}, then: end of a task, done of WaitGroup 1`,
      String.raw`6  main         goes on after wait of WaitGroup 1 ${here}`,
    ];
    expect(error.message).toMatch(new RegExp(steps.join("\\s+")));
  });

  it("says how to run it again, and what an exploration means", async () => {
    const { message, schedule, seed } = await failureOf(lostUpdate);
    expect(message).toContain(`await replay("${schedule}", body)`);
    expect(message).toContain(`CONC_SEED=${schedule}`);
    expect(message).toContain(`(seed ${seed})`);
    expect(message).toContain("other timings of I/O can");
  });

  it("tells what had been explored by then", async () => {
    const { exploration } = await failureOf(lostUpdate);
    expect(exploration?.schedules).toBeGreaterThan(0);
    expect([...(exploration?.outcomes.keys() ?? [])].at(-1)).toMatch(/^throws AssertionError/);
  });

  it("shows how every task stood when one failed: what it waited for, or that it could go on", async () => {
    const { message } = await failureOf(async () => {
      const ch = new Chan<number>(0, { name: "orders" });
      const baker = go(async function baker() {
        await ch.recv();
      });
      void go(async function host() {
        await baker;
      });
      await sleep(1);
      await Promise.all([interleave(), Promise.reject(new Error("burnt"))]);
    });
    const here = String.raw`\(\S*test/explore\.test\.ts:\d+:\d+\)`;
    expect(message).toMatch(
      new RegExp(
        [
          "\n\nWhen it failed:",
          "  main could go on",
          String.raw`  baker waits for recv of Chan\("orders", 0 of 0 buffered, 1 receiving\) ${here}`,
          "  host waits for something not seen here: the end of a task, or a promise of somebody else's",
          "\nRun it again:",
        ].join("\n"),
      ),
    );
  });

  it("lists for a deadlock the tasks and what each waits for", async () => {
    const error = await failureOf(async () => {
      const [a, b] = [new Mutex({ name: "a" }), new Mutex({ name: "b" })];
      await Promise.all([
        go(async function there() {
          await a.lock();
          await b.lock();
          a.unlock();
          b.unlock();
        }),
        go(async function back() {
          await b.lock();
          await a.lock();
          a.unlock();
          b.unlock();
        }),
      ]);
    });
    expect(error.kind).toBe("deadlock");
    expect(error.message).toMatch(
      /there waits for lock of Mutex\("b", locked, 1 waiting\) \(\S*test\/explore\.test\.ts/,
    );
    expect(error.message).toMatch(
      /back waits for lock of Mutex\("a", locked, 1 waiting\) \(\S*test\/explore\.test\.ts/,
    );
  });

  it("calls a program that never ends a livelock", async () => {
    const spin = async () => {
      for (;;) await interleave();
    };
    const error = await failureOf(spin, { maxSteps: 100 });
    expect(error.kind).toBe("livelock");
    expect(error.message).toContain("no end after 100 steps");
  });

  it("calls what still waits at the end a leak, unless that is allowed", async () => {
    const body = () => void go(() => new Chan().recv());
    expect((await failureOf(body)).kind).toBe("leak");
    await explore(body, { leaks: "allow", schedules: 5 });
  });

  it("hears of an error that nobody handles, and keeps it from the process", async () => {
    const error = await failureOf(async () => {
      void go(() => {
        throw new Error("unheard");
      });
      await sleep(1);
    });
    expect(error.kind).toBe("unhandled");
    expect(error.message).toContain("nobody handled Error: unheard");
  });

  it("keeps the failure that it shrinks: it is not traded for another", async () => {
    const error = await failureOf(
      async () => {
        const order = await threeTasks();
        if (order === "cab") throw new TypeError("rare");
        if (order === "bac") throw new RangeError("near to it");
      },
      { seed: 3 },
    );
    expect(String(error.cause)).toBe(error.cause instanceof TypeError ? "TypeError: rare" : "RangeError: near to it");
    expect(error.exploration?.outcomes.has(`throws ${String(error.cause)}`)).toBe(true);
  });
});
