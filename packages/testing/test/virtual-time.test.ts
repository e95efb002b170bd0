import { after, Chan, recv, select, sleep, Ticker, Timer } from "@conc/chan";
import { background, type Context, withTimeout } from "@conc/context";
import { runtime } from "@conc/internal";
import { hedged } from "@conc/patterns";
import { go, Mutex } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { DeadlockError, LeakError, virtualTime } from "../src/index.ts";

async function failure(body: () => unknown): Promise<unknown> {
  return virtualTime(body).then(
    () => expect.unreachable("it did not fail"),
    (error: unknown) => error,
  );
}

describe("virtual time", () => {
  it("goes straight to the next timer when every task waits, and gives what the body gave", async () => {
    const started = performance.now();
    expect(
      await virtualTime(async () => {
        await sleep(3_600_000);
        return "an hour later";
      }),
    ).toBe("an hour later");
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("fires sleeps, timers, tickers and deadlines in the order of their times", async () => {
    const log: string[] = [];
    await virtualTime(async () => {
      const ticker = new Ticker(40);
      void go(async () => {
        for (let i = 0; i < 2; i++) {
          await ticker.c.recv();
          log.push("tick");
        }
        ticker.stop();
      });
      Timer.afterFunc(60, () => log.push("60"));
      const ctx = withTimeout(background(), 70);
      await sleep(50);
      log.push("50");
      await select([recv(after(1000)), recv(ctx.done)]);
      log.push("deadline");
    });
    expect(log).toEqual(["tick", "50", "60", "deadline", "tick"]);
  });

  it("goes by for hedges too: the second attempt is sent when its time has come, and costs nothing", async () => {
    const log: string[] = [];
    const winner = await virtualTime(async () => {
      const begin = runtime.clock.now();
      const servers = [
        { name: "far", ms: 3_600_000 },
        { name: "near", ms: 5 },
      ];
      const ask = async (ctx: Context, { name, ms }: (typeof servers)[number]) => {
        log.push(`${runtime.clock.now() - begin} ${name}`);
        await sleep(ms, ctx);
        return `${runtime.clock.now() - begin} ${name} answers`;
      };
      return hedged(background(), servers, ask, { delay: 60_000 });
    });
    expect(log).toEqual(["0 far", "60000 near"]);
    expect(winner).toMatchObject({ value: "60005 near answers", attempts: 2 });
  });

  it("stands still while a task can go on", async () => {
    await virtualTime(async () => {
      const ch = new Chan<number>();
      let timeUp = false;
      Timer.afterFunc(1, () => {
        timeUp = true;
      });
      void go(async () => {
        for (let i = 0; i < 100; i++) await ch.send(i);
      });
      for (let i = 0; i < 100; i++) await ch.recv();
      expect(timeUp).toBe(false);
    });
  });

  it("ends when everything has ended that the body started", async () => {
    let ended = false;
    await virtualTime(async () => {
      void go(async () => {
        await sleep(60_000);
        ended = true;
      });
    });
    expect(ended).toBe(true);
  });

  it("does not wait for a deadline that nobody waits for", async () => {
    expect(await virtualTime(() => withTimeout(background(), 60_000).err)).toBeUndefined();
  });

  it("waits for what comes from outside", async () => {
    const text = await virtualTime(async () => {
      const answers = new Chan<string>();
      void go(async () => answers.send(await (await fetch("data:,hello")).text()));
      return (await answers.recv()).value;
    });
    expect(text).toBe("hello");
  });

  it("rejects with what the body throws, untouched", async () => {
    const error = new Error("no");
    expect(await failure(() => Promise.reject(error))).toBe(error);
    expect(
      await failure(() => {
        throw error;
      }),
    ).toBe(error);
  });

  it("rejects with a task's error that nobody handles", async () => {
    const error = new Error("unheard");
    expect(
      await failure(async () => {
        void go(() => {
          throw error;
        });
        await sleep(1);
      }),
    ).toBe(error);
  });

  it("rejects with what a timer's function throws", async () => {
    const error = new Error("in a timer");
    expect(
      await failure(() => {
        Timer.afterFunc(5, () => {
          throw error;
        });
        return sleep(10);
      }),
    ).toBe(error);
  });

  it("says of a deadlock who waits for what, and where", async () => {
    const error = await failure(async () => {
      const mu = new Mutex({ name: "db" });
      await mu.lock();
      await mu.lock();
    });
    expect(error).toBeInstanceOf(DeadlockError);
    expect((error as Error).message).toMatch(
      /^all tasks are asleep - deadlock!\n {2}main waits for lock of Mutex\("db", locked, 1 waiting\) \(.*virtual-time\.test\.ts:\d+:\d+\)$/,
    );
  });

  it("says of a body that waits for a promise nobody settles that it does not see it", async () => {
    const error = await failure(() => new Promise(() => {}));
    expect(error).toBeInstanceOf(DeadlockError);
    expect((error as Error).message).toContain("main waits for something not seen here");
  });

  it("says of what still waits when the body has ended that it leaks", async () => {
    const error = await failure(() => {
      void go(function reader() {
        return new Chan().recv();
      });
    });
    expect(error).toBeInstanceOf(LeakError);
    expect((error as Error).message).toMatch(
      /reader waits for recv of Chan\(0 of 0 buffered, 1 receiving\) \(.*test\.ts/,
    );
  });

  it("leaves the runtime as it was", async () => {
    const runtime = (globalThis as Record<symbol, unknown>)[Symbol.for("@conc/runtime")] as object;
    const before = { ...runtime };
    await failure(() => Promise.reject(new Error("no")));
    expect(runtime).toEqual(before);
  });

  it("cannot be nested", async () => {
    const error = await failure(() => virtualTime(() => {}));
    expect((error as Error).message).toContain("under way already");
  });
});
