import { never, sleep } from "@conc/chan";
import { background, type Context, withCancel } from "@conc/context";
import { ErrGroup, PoolClosedError, SingleFlight, WorkerPool } from "@conc/patterns";
import { WaitGroup } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { check } from "../../corpus/program.ts";
import { interleave } from "../../src/index.ts";
import { endedBy, exploreHouse, Inside } from "../support/explore-house.ts";

describe("an error group, in every order of events", { timeout: 600_000 }, () => {
  it("tells the first real error, never one that follows from it, and keeps to its limit", () =>
    exploreHouse(async () => {
      const group = new ErrGroup(background(), { limit: 2 });
      const inside = new Inside(2);
      const real = new Error("disk full");
      const starts = [0, 1, 2, 3].map((i) =>
        group
          .go(async (ctx) => {
            inside.enter();
            try {
              await interleave();
              if (i === 1) throw real;
              await sleep(10, ctx);
            } finally {
              inside.leave();
            }
          })
          .catch(endedBy({ err: real })),
      );
      await Promise.all(starts);
      await expect(group.wait()).rejects.toBe(real);
      expect(inside.now).toBe(0);
    }));

  it("tells the parent's end when no task failed for a reason of its own", () =>
    exploreHouse(async () => {
      const parent = withCancel(background());
      const group = new ErrGroup(parent);
      const starts = [1, 2].map(() => group.go((ctx) => never.recv(ctx)).catch(() => {}));
      const wg = new WaitGroup();
      wg.go(() => parent.cancel());
      await Promise.all(starts);
      const error = await group.wait().catch((reason: unknown) => reason);
      expect(error).toBe(parent.err);
      expect(error).toBeInstanceOf(Error);
      await wg.wait();
    }));
});

describe("a single flight, in every order of events", { timeout: 600_000 }, () => {
  it("has one flight at a time that is not cancelled, and gives its value to each caller that is left", () =>
    exploreHouse(async () => {
      const flights = new SingleFlight<string, number>();
      const flying = new Set<Context>();
      let started = 0;
      const ctx = withCancel(background());
      const wg = new WaitGroup();
      for (let i = 0; i < 3; i++) {
        wg.go(async () => {
          const call = flights.do(
            "key",
            async (flight) => {
              for (const other of flying) check(other.err !== undefined, "two flights");
              flying.add(flight);
              await interleave();
              flying.delete(flight);
              return ++started;
            },
            i === 0 ? ctx : undefined,
          );
          const result = await call.catch(endedBy(ctx));
          check(i === 0 || result !== undefined, "a caller that nobody cancelled got no value");
        });
      }
      wg.go(() => ctx.cancel());
      await wg.wait();
    }));
});

describe("a worker pool, in every order of events", { timeout: 600_000 }, () => {
  it("works on so many at a time, gives each its own result, and loses no worker to an error or a cancel", () =>
    exploreHouse(async () => {
      const pool = new WorkerPool({ workers: 2, queue: 1 });
      const inside = new Inside(2);
      const ctx = withCancel(background());
      const outcomes: unknown[] = [];
      const work = (i: number) => async () => {
        inside.enter();
        await interleave();
        inside.leave();
        if (i === 1) throw new Error("task 1");
        return i;
      };
      const wg = new WaitGroup();
      for (let i = 0; i < 4; i++) {
        wg.go(async () => {
          outcomes[i] = await pool
            .submit(work(i), i === 2 ? ctx : undefined)
            .catch((error: Error) => (error === ctx.err ? i : error.message));
        });
      }
      wg.go(() => ctx.cancel());
      await wg.wait();
      await pool.wait();
      expect(outcomes).toEqual([0, "task 1", 2, 3]);
      expect(pool.stats).toMatchObject({ running: 0, waiting: 0 });
      pool.close();
      await expect(pool.submit(work(9))).rejects.toThrow("closed");
    }));

  it("tells of room once there is some, and of its end", () =>
    exploreHouse(async () => {
      const pool = new WorkerPool({ workers: 1 });
      const results: number[] = [];
      const wg = new WaitGroup();
      wg.go(async () => {
        for (let i = 0; i < 3; i++) {
          let result: Promise<number> | undefined;
          for (;;) {
            await pool.room();
            result = pool.trySubmit(async () => {
              await interleave();
              return i;
            });
            if (result !== undefined) break;
          }
          results.push(await result);
        }
        pool.close();
      });
      wg.go(async () => {
        await pool.room().catch((error: unknown) => check(error instanceof PoolClosedError, String(error)));
        await pool.wait();
      });
      await wg.wait();
      await pool.wait();
      expect(results).toEqual([0, 1, 2]);
    }));
});
