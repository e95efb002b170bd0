import { countListeners, flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Held, MisuseError, Semaphore } from "../src/index.ts";
import { deferred, orderOf } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

describe("a semaphore", () => {
  it("grants as much as there is, and then makes wait", async () => {
    const sem = new Semaphore(10);
    await sem.acquire(7);
    await sem.acquire(3);
    expect(sem.available).toBe(0);
    expect(await stateOf(sem.acquire())).toEqual({ status: "pending" });
    expect(sem.waiting).toBe(1);
  });

  it("never has more out than its capacity", async () => {
    const sem = new Semaphore(30);
    let out = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const weight = (i % 3) * 10 + 10;
        return sem.run(async () => {
          out += weight;
          most = Math.max(most, out);
          await Promise.resolve();
          out -= weight;
        }, weight);
      }),
    );
    expect(most).toBe(30);
    expect(sem.available).toBe(30);
  });

  it("hands permits over in the step that frees them", async () => {
    const sem = new Semaphore(2);
    const held = await sem.acquire(2);
    const next = [sem.acquire(), sem.acquire()];
    held.unlock();
    expect([sem.available, sem.waiting]).toEqual([0, 0]);
    await Promise.all(next);
  });

  it("does not let a small acquire pass a large one", async () => {
    const sem = new Semaphore(10);
    const held = await sem.acquire(5);
    const large = sem.acquire(10);
    const order = orderOf([large, sem.acquire(1)]);
    expect(sem.tryAcquire(1)).toBeUndefined();
    await flush();
    expect(order).toEqual([]);
    held.unlock();
    await flush();
    expect(order).toEqual([0]);
    (await large).unlock();
    await flush();
    expect(order).toEqual([0, 1]);
  });

  it("does not starve a large acquire under a stream of small ones", async () => {
    const sem = new Semaphore(2);
    let smallOnes = 0;
    let stop = false;
    const stream = async () => {
      while (!stop && smallOnes < 1000) {
        smallOnes++;
        await sem.run(flush);
      }
    };
    const streams = [stream(), stream()];
    await flush();
    const before = smallOnes;
    await sem.run(() => undefined, 2);
    expect(smallOnes - before).toBeLessThanOrEqual(4);
    stop = true;
    await Promise.all(streams);
  });

  it("serves several who wait when much is given back at once", async () => {
    const sem = new Semaphore(6);
    const held = await sem.acquire(6);
    const order = orderOf([sem.acquire(2), sem.acquire(3), sem.acquire(2), sem.acquire(1)]);
    held.unlock();
    await flush();
    expect(order).toEqual([0, 1]);
    expect(sem.waiting).toBe(2);
  });
});

describe("a weight that can not be", () => {
  it("rejects at once when it is over the capacity, and blocks nobody", async () => {
    const sem = new Semaphore(30);
    await expect(sem.acquire(31)).rejects.toThrow(new RangeError("weight: expected at most the capacity, 30, got 31"));
    await expect(sem.run(() => "never", 31)).rejects.toThrow(RangeError);
    expect(sem.waiting).toBe(0);
    await sem.acquire(30);
  });

  it("is not granted by tryAcquire when it is over the capacity", () => {
    expect(new Semaphore(2).tryAcquire(3)).toBeUndefined();
  });

  it.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1" as never])(
    "is refused when it is %s",
    async (weight) => {
      const sem = new Semaphore(2);
      await expect(sem.acquire(weight)).rejects.toThrow(RangeError);
      await expect(sem.run(() => "never", weight)).rejects.toThrow("weight: expected a whole number >= 1");
      expect(() => sem.tryAcquire(weight)).toThrow(RangeError);
      expect(() => sem.release(weight)).toThrow(RangeError);
      expect(() => sem.resize(weight)).toThrow("capacity: expected a whole number >= 1");
      expect(() => new Semaphore(weight)).toThrow(RangeError);
      expect([sem.available, sem.capacity]).toEqual([2, 2]);
    },
  );
});

describe("a Held of a semaphore", () => {
  it("gives back its own weight, once", async () => {
    const sem = new Semaphore(5);
    const held = await sem.acquire(2);
    await sem.acquire(3);
    held.unlock();
    held.unlock();
    held[Symbol.dispose]();
    await held[Symbol.asyncDispose]();
    expect(sem.available).toBe(2);
  });

  it("works with `using`", async () => {
    const sem = new Semaphore(2);
    {
      using _ = await sem.acquire(2);
      expect(sem.available).toBe(0);
    }
    expect(sem.available).toBe(2);
  });
});

describe("release", () => {
  it("gives back what was acquired, and throws when so much is not held", async () => {
    const sem = new Semaphore(4);
    await sem.acquire(3);
    expect(() => sem.release(4)).toThrow(new MisuseError("semaphore: released more than held"));
    expect(sem.available).toBe(1);
    sem.release(2);
    expect(sem.available).toBe(3);
    sem.release();
    expect(() => sem.release()).toThrow(MisuseError);
  });

  it("spends Helds, the latest first, so that disposing of them later gives back only what is left", async () => {
    const sem = new Semaphore(10);
    const early = await sem.acquire(4);
    const late = await sem.acquire(3);
    sem.release(5);
    expect(sem.available).toBe(8);
    late.unlock();
    expect(sem.available).toBe(8);
    early.unlock();
    expect(sem.available).toBe(10);
    early.unlock();
    expect(sem.available).toBe(10);
  });

  it("serves those who wait", async () => {
    const sem = new Semaphore(1);
    await sem.acquire();
    const next = sem.acquire();
    sem.release();
    await next;
    expect(sem.available).toBe(0);
  });

  it("does not touch what run has taken", async () => {
    const sem = new Semaphore(2);
    const gate = deferred();
    const running = sem.run(() => gate.promise);
    await flush();
    expect(() => sem.release()).toThrow(MisuseError);
    gate.resolve();
    await running;
    expect(sem.available).toBe(2);
  });
});

describe("run", () => {
  it("gives what the function returns, and gives the permits back", async () => {
    const sem = new Semaphore(3);
    expect(await sem.run(() => sem.available, 2)).toBe(1);
    expect(await sem.run(async () => sem.available)).toBe(2);
    expect(sem.available).toBe(3);
  });

  it.each([new Error("broken"), undefined])("rejects with what the function throws, be it %s", async (error) => {
    const sem = new Semaphore(1);
    const thrown = sem.run(() => {
      throw error;
    });
    const rejected = sem.run(() => Promise.reject(error));
    const outcome = { status: "rejected", reason: error };
    expect(await Promise.all([stateOf(thrown), stateOf(rejected)])).toEqual([outcome, outcome]);
    expect(sem.available).toBe(1);
  });

  it("rejects what is not a function, and takes nothing", async () => {
    const sem = new Semaphore(1);
    await expect(sem.run(null as never)).rejects.toThrow(new TypeError("fn: expected a function, got null"));
    expect(sem.available).toBe(1);
  });
});

describe("resize", () => {
  it("upwards serves those who wait", async () => {
    const sem = new Semaphore(1);
    await sem.acquire();
    const next = [sem.acquire(), sem.acquire()];
    sem.resize(3);
    await Promise.all(next);
    expect([sem.available, sem.capacity]).toEqual([0, 3]);
  });

  it("below what is held takes effect as permits come back", async () => {
    const sem = new Semaphore(4);
    const held: Held[] = [];
    for (let i = 0; i < 4; i++) held.push(await sem.acquire());
    sem.resize(2);
    expect(sem.available).toBe(0);
    const next = sem.acquire();
    held[0]?.unlock();
    held[1]?.unlock();
    expect([sem.available, sem.waiting]).toEqual([0, 1]);
    held[2]?.unlock();
    await next;
    expect(sem.waiting).toBe(0);
  });

  it("rejects those in line whom it makes too heavy, wherever they stand, and the next go on", async () => {
    const sem = new Semaphore(4);
    const held = await sem.acquire(2);
    const heavy = sem.acquire(4);
    const light = sem.acquire(1);
    const heavyToo = sem.acquire(3);
    sem.resize(2);
    await Promise.all([
      expect(heavy).rejects.toThrow(new RangeError("weight: expected at most the capacity, 2, got 4")),
      expect(heavyToo).rejects.toThrow(RangeError),
    ]);
    expect(await stateOf(light)).toEqual({ status: "pending" });
    held.unlock();
    await light;
    expect([sem.waiting, watched.waiting]).toEqual([0, 0]);
  });

  it("lets those behind a rejected one go on in the same step when they fit", async () => {
    const sem = new Semaphore(4);
    await sem.acquire(1);
    const heavy = sem.acquire(4);
    const light = sem.acquire(1);
    sem.resize(2);
    await Promise.all([light, expect(heavy).rejects.toThrow(RangeError)]);
  });
});

describe("cancelling an acquire", () => {
  it("wins over a resize that makes it too heavy while the cancel is yet to be told", async () => {
    const sem = new Semaphore(4);
    await sem.acquire(1);
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => sem.resize(2));
    const cancelled = [sem.acquire(4, controller.signal), sem.acquire(3, controller.signal)];
    controller.abort("enough");
    await Promise.all(cancelled.map((call) => expect(call).rejects.toBe("enough")));
    expect(sem.waiting).toBe(0);
  });

  it("refuses a source that is cancelled already, though there are permits and before the weight is looked at", async () => {
    const sem = new Semaphore(1);
    await expect(sem.acquire(1, AbortSignal.abort("before"))).rejects.toBe("before");
    await expect(sem.acquire(9, AbortSignal.abort("before"))).rejects.toBe("before");
    await expect(sem.run(() => 1, 1, AbortSignal.abort("before"))).rejects.toBe("before");
    expect(sem.available).toBe(1);
  });

  it("of the first in line lets those behind it go on who fit now (C4)", async () => {
    const sem = new Semaphore(3);
    await sem.acquire(1);
    const controller = new AbortController();
    const heavy = sem.acquire(3, controller.signal);
    const light = [sem.acquire(1), sem.acquire(1)];
    const late = sem.acquire(1);
    expect(sem.waiting).toBe(4);
    controller.abort("enough");
    expect(sem.waiting).toBe(1);
    await Promise.all([...light, expect(heavy).rejects.toBe("enough")]);
    expect(await stateOf(late)).toEqual({ status: "pending" });
  });

  it("of one further back changes nothing for the others", async () => {
    const sem = new Semaphore(1);
    const held = await sem.acquire();
    const controller = new AbortController();
    const first = sem.acquire();
    const cancelled = sem.acquire(1, controller.signal);
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    expect(await stateOf(first)).toEqual({ status: "pending" });
    held.unlock();
    await first;
  });

  it("comes too late once the permits were handed over, even in the same tick", async () => {
    const sem = new Semaphore(1);
    const held = await sem.acquire();
    const controller = new AbortController();
    const granted = sem.acquire(1, controller.signal);
    held.unlock();
    controller.abort();
    (await granted).unlock();
    expect(sem.available).toBe(1);
  });

  it("of many on one signal grants nothing to those of them who are yet to be told, and leaves no trace", async () => {
    const sem = new Semaphore(2);
    await sem.acquire(1);
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const waits = [2, 1, 2, 1].map((weight) => sem.acquire(weight, controller.signal));
    const other = sem.acquire(1);
    waits.push(sem.acquire(1, controller.signal));
    controller.abort("enough");
    const states = await Promise.all(waits.map(stateOf));
    expect(states).toEqual(waits.map(() => ({ status: "rejected", reason: "enough" })));
    expect((await stateOf(other)).status).toBe("fulfilled");
    expect([sem.available, sem.waiting, watched.waiting, listeners.now]).toEqual([0, 0, 0, 0]);
  });

  it("of a hundred thousand on one signal needs no stack", async () => {
    const sem = new Semaphore(2);
    await sem.acquire(1);
    const controller = new AbortController();
    const waits = Array.from({ length: 100_000 }, (_, i) => sem.acquire((i % 2) + 1, controller.signal));
    void sem.acquire(2);
    const settled = Promise.allSettled(waits.slice(1));
    controller.abort("enough");
    expect((await settled).every(({ status }) => status === "rejected")).toBe(true);
    expect(sem.waiting).toBe(1);
  }, 60_000);
});

describe("printing a semaphore", () => {
  it("shows its state and its name", async () => {
    const sem = new Semaphore(10, { name: "oven" });
    await sem.acquire(8);
    expect(String(sem)).toBe('Semaphore("oven", 2 of 10 available)');
    void sem.acquire(3);
    expect(String(sem)).toBe('Semaphore("oven", 2 of 10 available, 1 waiting)');
  });
});
