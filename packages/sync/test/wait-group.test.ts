import { countListeners, flush, stateOf, unhandledIn, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MisuseError, WaitGroup } from "../src/index.ts";
import { deferred } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

describe("the counter", () => {
  it("goes up by add and down by done, and wait goes on at zero", async () => {
    const wg = new WaitGroup();
    wg.add(2);
    const waits = [wg.wait(), wg.wait()];
    wg.done();
    expect(wg.count).toBe(1);
    expect(wg.waiting).toBe(2);
    wg.done();
    expect(wg.waiting).toBe(0);
    await Promise.all(waits);
  });

  it("does not make wait wait when it is zero", async () => {
    const wg = new WaitGroup();
    wg.add(0);
    await wg.wait();
    expect(watched.waiting).toBe(0);
  });

  it("is unchanged by an add that throws", async () => {
    const wg = new WaitGroup();
    wg.add(1);
    expect(() => wg.add(-2)).toThrow(new MisuseError("sync: negative WaitGroup counter"));
    expect(wg.count).toBe(1);
    wg.done();
    expect(() => wg.done()).toThrow(MisuseError);
    expect(wg.count).toBe(0);
    await wg.wait();
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, "1" as never])("refuses %s", (n) => {
    const wg = new WaitGroup();
    expect(() => wg.add(n)).toThrow(RangeError);
    expect(wg.count).toBe(0);
  });

  it("can be used again when it has come to zero", async () => {
    const wg = new WaitGroup();
    for (let round = 0; round < 3; round++) {
      wg.add();
      const waiting = wg.wait();
      expect(await stateOf(waiting)).toEqual({ status: "pending" });
      wg.done();
      await waiting;
    }
  });

  it("lets those go on who waited for a round, though the next has begun in the same step", async () => {
    const wg = new WaitGroup();
    wg.add();
    const first = wg.wait();
    wg.done();
    wg.add();
    const second = wg.wait();
    await first;
    expect(await stateOf(second)).toEqual({ status: "pending" });
  });
});

describe("go", () => {
  it("counts the task at once, starts it later, and counts it out when it has ended", async () => {
    const wg = new WaitGroup();
    const order: string[] = [];
    const gate = deferred();
    wg.go(async () => {
      order.push("task");
      await gate.promise;
      order.push("end");
    });
    order.push("caller");
    expect(wg.count).toBe(1);
    const waiting = wg.wait().then(() => order.push("waited"));
    await flush();
    gate.resolve();
    await waiting;
    expect(order).toEqual(["caller", "task", "end", "waited"]);
    expect(wg.count).toBe(0);
  });

  it("lets a task add tasks", async () => {
    const wg = new WaitGroup();
    let ran = 0;
    const spawn = (depth: number) => {
      wg.go(() => {
        ran++;
        if (depth > 0) for (let i = 0; i < 2; i++) spawn(depth - 1);
      });
    };
    spawn(4);
    await wg.wait();
    expect(ran).toBe(31);
  });

  it("refuses what is not a function, and counts nothing", () => {
    const wg = new WaitGroup();
    expect(() => wg.go(undefined as never)).toThrow(TypeError);
    expect(wg.count).toBe(0);
  });
});

describe("errors of tasks", () => {
  it("reach every wait, at zero and not before", async () => {
    const wg = new WaitGroup();
    const gate = deferred();
    wg.go(() => {
      throw "failed";
    });
    wg.go(() => gate.promise);
    const waits = [wg.wait(), wg.wait()];
    expect(await stateOf(waits[0] as Promise<void>)).toEqual({ status: "pending" });
    gate.resolve();
    const outcome = { status: "rejected", reason: "failed" };
    expect(await Promise.all(waits.map(stateOf))).toEqual([outcome, outcome]);
    expect(await stateOf(wg.wait())).toEqual(outcome);
  });

  it("are an AggregateError when there are several, in the order of the failures", async () => {
    const wg = new WaitGroup();
    const gate = deferred();
    wg.go(() => gate.promise.then(() => Promise.reject("last")));
    wg.go(() => Promise.reject("first"));
    const waiting = wg.wait();
    await flush();
    gate.resolve();
    const error = await waiting.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors).toEqual(["first", "last"]);
  });

  it("are errors even if they are undefined", async () => {
    const wg = new WaitGroup();
    wg.go(() => Promise.reject(undefined));
    expect(await stateOf(wg.wait())).toEqual({ status: "rejected", reason: undefined });
  });

  it("are forgotten when the next round begins", async () => {
    const wg = new WaitGroup();
    wg.go(() => Promise.reject("failed"));
    await expect(wg.wait()).rejects.toBe("failed");
    wg.go(() => "fine");
    await wg.wait();
  });

  it("are loud when nobody waits", async () => {
    const wg = new WaitGroup();
    expect(await unhandledIn(() => wg.go(() => Promise.reject("lost")))).toEqual(["lost"]);
    await expect(wg.wait()).rejects.toBe("lost");
  });

  it("are loud when whoever waited was cancelled", async () => {
    const wg = new WaitGroup();
    const gate = deferred();
    const controller = new AbortController();
    wg.go(() => gate.promise);
    const waiting = wg.wait(controller.signal);
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    expect(await unhandledIn(() => gate.reject("lost"))).toEqual(["lost"]);
  });

  it("are loud when whoever waited was cancelled, and is yet to be told", async () => {
    const wg = new WaitGroup();
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => wg.done());
    wg.add();
    wg.go(() => Promise.reject("lost"));
    const cancelled = wg.wait(controller.signal).catch((reason: unknown) => reason);
    await flush();
    expect(await unhandledIn(() => controller.abort("enough"))).toEqual(["lost"]);
    expect(await cancelled).toBe("enough");
  });

  it("are not loud when a wait comes in the turn in which the counter came to zero", async () => {
    const wg = new WaitGroup();
    let waiting: Promise<void> | undefined;
    const unhandled = await unhandledIn(async () => {
      wg.go(() => Promise.reject("found"));
      for (let i = 0; wg.count > 0 && i < 100; i++) await Promise.resolve();
      expect(wg.count).toBe(0);
      waiting = wg.wait();
      await expect(waiting).rejects.toBe("found");
    });
    expect(unhandled).toEqual([]);
  });

  it("come along when somebody has called done in the task's place", async () => {
    const wg = new WaitGroup();
    const unhandled = await unhandledIn(() => {
      wg.go(() => Promise.reject("failed"));
      wg.done();
    });
    expect(unhandled).toEqual([new MisuseError("sync: negative WaitGroup counter")]);
    expect((unhandled[0] as Error).cause).toBe("failed");
    await wg.wait();
  });
});

describe("cancelling a wait", () => {
  it("refuses a source that is cancelled already, though the counter is zero", async () => {
    await expect(new WaitGroup().wait(AbortSignal.abort("before"))).rejects.toBe("before");
  });

  it("ends that wait with the source's reason and no other, and leaves no trace", async () => {
    const wg = new WaitGroup();
    wg.add();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const cancelled = wg.wait(controller.signal);
    const other = wg.wait();
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    expect([wg.waiting, watched.waiting, listeners.now, wg.count]).toEqual([1, 1, 0, 1]);
    wg.done();
    await other;
  });

  it("wins over a counter that comes to zero while the cancel is yet to be told", async () => {
    const wg = new WaitGroup();
    wg.add();
    const controller = new AbortController();
    // Heard before the group hears of it.
    controller.signal.addEventListener("abort", () => wg.done());
    const cancelled = wg.wait(controller.signal);
    const other = wg.wait();
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    await other;
    expect(wg.waiting).toBe(0);
  });

  it("comes too late once the counter was zero, even in the same tick", async () => {
    const wg = new WaitGroup();
    wg.add();
    const controller = new AbortController();
    const waiting = wg.wait(controller.signal);
    wg.done();
    controller.abort();
    expect(await stateOf(waiting)).toEqual({ status: "fulfilled", value: undefined });
  });
});

describe("printing a wait group", () => {
  it("shows its state and its name", () => {
    const wg = new WaitGroup({ name: "fleet" });
    expect(String(wg)).toBe('WaitGroup("fleet", 0 running)');
    wg.add(2);
    void wg.wait();
    expect(String(wg)).toBe('WaitGroup("fleet", 2 running, 1 waiting)');
  });
});
