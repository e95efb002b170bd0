import { sleep } from "@conc/chan";
import { background, withCancel, withTimeout } from "@conc/context";
import { Cond, go, KeyedMutex, Mutex, RWMutex, Semaphore, WaitGroup } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { interleave } from "../../src/index.ts";
import { endedBy, exploreHouse, Inside } from "../support/explore-house.ts";

describe("a mutex, in every order of events", { timeout: 600_000 }, () => {
  it("lets one in at a time, and everybody once", () =>
    exploreHouse(async () => {
      const mu = new Mutex();
      const inside = new Inside();
      const wg = new WaitGroup();
      for (let i = 0; i < 4; i++) {
        wg.go(async () => {
          using _ = await mu.lock();
          inside.enter();
          await interleave();
          inside.leave();
        });
      }
      await wg.wait();
      expect([inside.entered, mu.locked, mu.waiting]).toEqual([4, false, 0]);
    }));

  it("is free at the end, whoever was cancelled while waiting, or was too late with it", () =>
    exploreHouse(async () => {
      const mu = new Mutex();
      const inside = new Inside();
      const contexts = [0, 1, 2].map((i) => withTimeout(background(), 5 * i + 1));
      const wg = new WaitGroup();
      for (const ctx of contexts) {
        wg.go(async () => {
          const held = await mu.lock(ctx).catch(endedBy(ctx));
          if (!held) return;
          inside.enter();
          await sleep(6);
          inside.leave();
          held.unlock();
        });
      }
      await wg.wait();
      for (const ctx of contexts) ctx.cancel();
      expect([mu.locked, mu.waiting]).toEqual([false, 0]);
    }));
});

describe("a keyed mutex, in every order of events", { timeout: 600_000 }, () => {
  it("does not deadlock over lockAll, and keeps no key", () =>
    exploreHouse(async () => {
      const mu = new KeyedMutex<string>();
      const inside = { a: new Inside(), b: new Inside(), c: new Inside() };
      const ctx = withCancel(background());
      const wg = new WaitGroup();
      for (const keys of [
        ["a", "b"],
        ["b", "a"],
        ["b", "c"],
        ["c", "a"],
      ] as const) {
        wg.go(async () => {
          const held = await mu.lockAll(keys, ctx).catch(endedBy(ctx));
          if (!held) return;
          for (const key of keys) inside[key].enter();
          await interleave();
          for (const key of keys) inside[key].leave();
          held.unlock();
        });
      }
      wg.go(async () => {
        await interleave();
        ctx.cancel();
      });
      await wg.wait();
      expect(mu.size).toBe(0);
    }));
});

describe("a reader-writer mutex, in every order of events", { timeout: 600_000 }, () => {
  it("lets readers in together and writers alone, and is free at the end", () =>
    exploreHouse(async () => {
      const rw = new RWMutex();
      const writers = new Inside();
      const readers = new Inside(2);
      const ctx = withCancel(background());
      const wg = new WaitGroup();
      for (let i = 0; i < 2; i++) {
        wg.go(async () => {
          using _ = await rw.rLock();
          readers.enter();
          expect(writers.now).toBe(0);
          await interleave();
          readers.leave();
        });
        wg.go(async () => {
          const held = await rw.lock(i === 0 ? ctx : undefined).catch(endedBy(ctx));
          if (!held) return;
          writers.enter();
          expect(readers.now).toBe(0);
          await interleave();
          writers.leave();
          if (i === 1) rw.downgrade(held).unlock();
          else held.unlock();
        });
      }
      wg.go(() => ctx.cancel());
      await wg.wait();
      expect([rw.locked, rw.readers, rw.waiting]).toEqual([false, 0, 0]);
    }));
});

describe("a semaphore, in every order of events", { timeout: 600_000 }, () => {
  it("never gives out more than it has, and has everything back at the end", () =>
    exploreHouse(async () => {
      const sem = new Semaphore(3);
      let out = 0;
      const ctx = withCancel(background());
      const wg = new WaitGroup();
      for (const weight of [1, 2, 3, 1]) {
        wg.go(async () => {
          const held = await sem.acquire(weight, weight === 3 ? ctx : undefined).catch(endedBy(ctx));
          if (!held) return;
          out += weight;
          expect(out).toBeLessThanOrEqual(3);
          await interleave();
          out -= weight;
          held.unlock();
        });
      }
      wg.go(() => ctx.cancel());
      await wg.wait();
      expect([sem.available, sem.waiting]).toEqual([3, 0]);
    }));

  it("serves a large request in its turn", () =>
    exploreHouse(async () => {
      const sem = new Semaphore(2);
      const order: string[] = [];
      const first = await sem.acquire(1);
      const wg = new WaitGroup();
      const large = sem.acquire(2).then((held) => {
        order.push("large");
        held.unlock();
      });
      wg.go(async () => {
        const held = await sem.acquire(1);
        order.push("small");
        held.unlock();
      });
      wg.go(() => first.unlock());
      await wg.wait();
      await large;
      expect(order).toEqual(["large", "small"]);
    }));
});

describe("a condition variable, in every order of events", { timeout: 600_000 }, () => {
  it("loses no signal to a cancelled wait, and holds the lock again in any case", () =>
    exploreHouse(async () => {
      const mu = new Mutex();
      const cond = new Cond(mu);
      const ctx = withCancel(background());
      let bread = 0;
      let taken = 0;
      const take = async (cancel?: typeof ctx) => {
        const held = await mu.lock();
        while (bread === 0 && cancel?.err === undefined) await cond.wait(cancel).catch(endedBy(ctx));
        if (bread > 0) {
          bread--;
          taken++;
        }
        expect(mu.locked).toBe(true);
        held.unlock();
      };
      const bake = async () => {
        const held = await mu.lock();
        bread++;
        cond.signal();
        held.unlock();
      };
      const wg = new WaitGroup();
      wg.go(() => take(ctx));
      wg.go(() => take());
      wg.go(bake);
      wg.go(bake);
      wg.go(() => ctx.cancel());
      await wg.wait();
      expect(taken + bread).toBe(2);
      expect([mu.locked, cond.waiting]).toEqual([false, 0]);
    }));
});

describe("a wait group, in every order of events", { timeout: 600_000 }, () => {
  it("lets nobody go on before the counter is zero, and tells errors to all who wait", () =>
    exploreHouse(async () => {
      const wg = new WaitGroup();
      const error = new Error("no");
      let ended = 0;
      for (let i = 0; i < 3; i++) {
        wg.go(async () => {
          await interleave();
          ended++;
          if (i === 1) throw error;
        });
      }
      const waits = [1, 2].map(() =>
        wg.wait().then(
          () => "no error",
          (reason: unknown) => [reason, ended],
        ),
      );
      expect(await Promise.all(waits)).toEqual([
        [error, 3],
        [error, 3],
      ]);
    }));

  it("may be used again", () =>
    exploreHouse(async () => {
      const wg = new WaitGroup();
      for (let round = 1; round <= 2; round++) {
        let ended = 0;
        for (let i = 0; i < 2; i++) {
          wg.go(async () => {
            await interleave();
            ended++;
          });
        }
        await Promise.all([wg.wait(), go(() => wg.wait())]);
        expect(ended).toBe(2);
      }
    }));
});
