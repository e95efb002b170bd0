import { countListeners, flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Held, MisuseError, Mutex } from "../src/index.ts";
import { orderOf } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

describe("a mutex", () => {
  it("is taken inside the call that finds it free", () => {
    const mu = new Mutex();
    void mu.lock();
    expect(mu.locked).toBe(true);
    expect(mu.tryLock()).toBeUndefined();
  });

  it("is handed to the first in line in the step that unlocks it, and never free in between", async () => {
    const mu = new Mutex();
    const first = await mu.lock();
    const second = mu.lock();
    first.unlock();
    expect(mu.locked).toBe(true);
    expect(mu.tryLock()).toBeUndefined();
    (await second).unlock();
    expect(mu.locked).toBe(false);
  });

  it("serves in the order of the calls", async () => {
    const mu = new Mutex();
    const order = orderOf(Array.from({ length: 20 }, () => mu.lock().then((held) => held.unlock())));
    await flush();
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it("lets no newcomer in before one who waits, however often it is unlocked and tried", async () => {
    const mu = new Mutex();
    const order: string[] = [];
    const barge = async () => {
      for (let i = 0; i < 50; i++) {
        const held = await mu.lock();
        order.push("barger");
        held.unlock();
      }
    };
    const holder = await mu.lock();
    const patient = mu.lock().then((held) => {
      order.push("patient");
      held.unlock();
    });
    const barging = barge();
    holder.unlock();
    await Promise.all([patient, barging]);
    expect(order[0]).toBe("patient");
  });

  it("counts who waits", async () => {
    const mu = new Mutex();
    const held = await mu.lock();
    const waits = [mu.lock(), mu.lock()];
    expect(mu.waiting).toBe(2);
    held.unlock();
    expect(mu.waiting).toBe(1);
    (await (waits[0] as Promise<Held>)).unlock();
    expect(mu.waiting).toBe(0);
  });

  it("keeps a counter right that is read before an await and written after it, which is wrong without it", async () => {
    const count = async (step: (increment: () => Promise<void>) => Promise<void>) => {
      let counter = 0;
      const increment = async () => {
        const read = counter;
        await Promise.resolve();
        counter = read + 1;
      };
      await Promise.all(Array.from({ length: 1000 }, () => step(increment)));
      return counter;
    };
    const mu = new Mutex();
    expect(await count((increment) => increment())).toBe(1);
    expect(await count((increment) => mu.runExclusive(increment))).toBe(1000);
  });

  it("stores only what does not exist yet, when the check is inside the lock", async () => {
    const store = async (mu: { runExclusive(fn: () => Promise<void>): Promise<void> }) => {
      const stored = new Map<string, number>();
      let writes = 0;
      const storeIfNotExists = (key: string, value: number) =>
        mu.runExclusive(async () => {
          if (stored.has(key)) return;
          await Promise.resolve();
          writes++;
          stored.set(key, value);
        });
      await Promise.all(Array.from({ length: 10 }, (_, value) => storeIfNotExists("key", value)));
      return { writes, value: stored.get("key") };
    };
    expect(await store({ runExclusive: (fn) => fn() })).toEqual({ writes: 10, value: 9 });
    expect(await store(new Mutex())).toEqual({ writes: 1, value: 0 });
  });

  it("makes a singleton once, and as often as there are callers when the check stands before the lock", async () => {
    const connections = async (get: (mu: Mutex, state: { instance?: object; made: number }) => Promise<void>) => {
      const state: { instance?: object; made: number } = { made: 0 };
      const mu = new Mutex();
      await Promise.all(Array.from({ length: 5 }, () => get(mu, state)));
      return state.made;
    };
    const make = async (state: { instance?: object; made: number }) => {
      await Promise.resolve();
      state.made++;
      state.instance = {};
    };
    const checkedInside = (mu: Mutex, state: { instance?: object; made: number }) =>
      mu.runExclusive(async () => {
        if (state.instance === undefined) await make(state);
      });
    const checkedOutside = async (mu: Mutex, state: { instance?: object; made: number }) => {
      if (state.instance !== undefined) return;
      await mu.runExclusive(() => make(state));
    };
    expect(await connections(checkedInside)).toBe(1);
    expect(await connections(checkedOutside)).toBe(5);
  });
});

describe("a Held", () => {
  it("may be unlocked and disposed of many times, in any way, and frees its own turn only", async () => {
    const mu = new Mutex();
    const first = await mu.lock();
    const second = mu.lock();
    const third = mu.lock();
    first.unlock();
    first.unlock();
    first[Symbol.dispose]();
    await first[Symbol.asyncDispose]();
    await second;
    expect(mu.waiting).toBe(1);
    expect(await stateOf(third)).toEqual({ status: "pending" });
  });

  it("frees the lock at the end of a `using` and of an `await using` block, also when the block throws", async () => {
    const mu = new Mutex();
    {
      using _ = await mu.lock();
      expect(mu.locked).toBe(true);
    }
    expect(mu.locked).toBe(false);
    const fails = async () => {
      await using _ = await mu.lock();
      expect(mu.locked).toBe(true);
      throw new Error("inside");
    };
    await expect(fails()).rejects.toThrow("inside");
    expect(mu.locked).toBe(false);
  });

  it("is spent by a bare unlock, so that it can not free the next one's turn", async () => {
    const mu = new Mutex();
    const first = await mu.lock();
    mu.unlock();
    await mu.lock();
    first.unlock();
    first[Symbol.dispose]();
    expect(mu.locked).toBe(true);
  });
});

describe("unlock", () => {
  it("throws when nothing is held, as Go panics", async () => {
    const mu = new Mutex();
    expect(() => mu.unlock()).toThrow(new MisuseError("sync: unlock of unlocked mutex"));
    await mu.lock();
    mu.unlock();
    expect(() => mu.unlock()).toThrow(MisuseError);
    expect(mu.locked).toBe(false);
  });

  it("hands over to the first in line", async () => {
    const mu = new Mutex();
    await mu.lock();
    const next = mu.lock();
    mu.unlock();
    expect(mu.locked).toBe(true);
    (await next).unlock();
    expect(mu.locked).toBe(false);
  });
});

describe("tryLock", () => {
  it("gives a Held when the lock is free, and undefined when it is not, without waiting", () => {
    const mu = new Mutex();
    const held = mu.tryLock();
    expect(mu.tryLock()).toBeUndefined();
    expect(mu.waiting).toBe(0);
    held?.unlock();
    expect(mu.tryLock()).toBeDefined();
  });
});

describe("runExclusive", () => {
  it("gives what the function returns, and frees the lock", async () => {
    const mu = new Mutex();
    expect(await mu.runExclusive(() => "sync")).toBe("sync");
    expect(await mu.runExclusive(async () => "async")).toBe("async");
    expect(mu.locked).toBe(false);
  });

  it.each([new Error("broken"), undefined])(
    "rejects with what the function throws, be it %s, and frees the lock",
    async (error) => {
      const mu = new Mutex();
      const thrown = mu.runExclusive(() => {
        throw error;
      });
      const rejected = mu.runExclusive(() => Promise.reject(error));
      const outcome = { status: "rejected", reason: error };
      expect(await Promise.all([stateOf(thrown), stateOf(rejected)])).toEqual([outcome, outcome]);
      expect(mu.locked).toBe(false);
    },
  );

  it("rejects what is not a function, and does not take the lock", async () => {
    const mu = new Mutex();
    await expect(mu.runExclusive("fn" as never)).rejects.toThrow(new TypeError('fn: expected a function, got "fn"'));
    expect(mu.locked).toBe(false);
  });

  it("does not run a function whose wait was cancelled", async () => {
    const mu = new Mutex();
    const held = await mu.lock();
    const controller = new AbortController();
    let ran = false;
    const cancelled = mu.runExclusive(() => {
      ran = true;
    }, controller.signal);
    controller.abort("enough");
    held.unlock();
    expect(await stateOf(cancelled)).toEqual({ status: "rejected", reason: "enough" });
    expect(ran).toBe(false);
    expect(mu.locked).toBe(false);
  });
});

describe("cancelling a lock", () => {
  it("refuses a source that is cancelled already, though the lock is free", async () => {
    const mu = new Mutex();
    await expect(mu.lock(AbortSignal.abort("before"))).rejects.toBe("before");
    expect(mu.locked).toBe(false);
  });

  it("takes the call out of the queue in the same step, and the next one moves up", async () => {
    const mu = new Mutex();
    const held = await mu.lock();
    const controller = new AbortController();
    const cancelled = mu.lock({ signal: controller.signal });
    const next = mu.lock();
    controller.abort("enough");
    expect(mu.waiting).toBe(1);
    await expect(cancelled).rejects.toBe("enough");
    held.unlock();
    (await next).unlock();
    expect(mu.locked).toBe(false);
    expect(watched.waiting).toBe(0);
  });

  it("comes too late once the lock was handed over, even in the same tick: granted stays granted", async () => {
    const mu = new Mutex();
    const held = await mu.lock();
    const controller = new AbortController();
    const granted = mu.lock(controller.signal);
    held.unlock();
    controller.abort();
    (await granted).unlock();
    expect(mu.locked).toBe(false);
  });

  it("wins when it comes before the unlock in the same tick: the lock goes to the next, or is free", async () => {
    const mu = new Mutex();
    const held = await mu.lock();
    const controller = new AbortController();
    const cancelled = mu.lock(controller.signal);
    controller.abort("first");
    held.unlock();
    expect(mu.locked).toBe(false);
    await expect(cancelled).rejects.toBe("first");
  });

  it("shares one listener among all waits on a signal, and leaves none", async () => {
    const mu = new Mutex();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const held = await mu.lock(controller.signal);
    const waits = Array.from({ length: 100 }, () => mu.lock(controller.signal));
    expect(listeners.now).toBe(1);
    held.unlock();
    (await (waits[0] as Promise<Held>)).unlock();
    controller.abort();
    const settled = await Promise.allSettled(waits);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(listeners).toEqual({ now: 0, most: 1 });
    expect([watched.waiting, mu.waiting]).toEqual([0, 0]);
  });
});

describe("printing a mutex", () => {
  it("shows its state and its name", async () => {
    const mu = new Mutex();
    expect(String(mu)).toBe("Mutex(unlocked)");
    await mu.lock();
    expect(String(mu)).toBe("Mutex(locked)");
    void mu.lock();
    expect(String(mu)).toBe("Mutex(locked, 1 waiting)");
    expect(String(new Mutex({ name: "db" }))).toBe('Mutex("db", unlocked)');
  });
});
