import { countListeners, flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MisuseError, Once } from "../src/index.ts";
import { deferred } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const reentrant = new MisuseError("sync: a Once was called from inside its own run, and would wait for itself");

describe("once.do", () => {
  it("runs the first function inside the call, and no other", async () => {
    const once = new Once();
    const ran: string[] = [];
    const first = once.do(() => ran.push("first"));
    expect(ran).toEqual(["first"]);
    expect(once.done).toBe(true);
    await first;
    await once.do(() => ran.push("second"));
    expect(ran).toEqual(["first"]);
  });

  it("makes every caller wait for the one run of an async function", async () => {
    const once = new Once();
    const gate = deferred();
    let runs = 0;
    const connect = () => {
      runs++;
      return gate.promise;
    };
    const calls = Array.from({ length: 5 }, () => once.do(connect));
    for (const call of calls) expect(await stateOf(call)).toEqual({ status: "pending" });
    expect(once.done).toBe(false);
    gate.resolve();
    await Promise.all(calls);
    expect([runs, once.waiting, watched.waiting]).toEqual([1, 0, 0]);
  });

  it("makes a singleton once, whoever comes while it is made or later", async () => {
    const once = new Once();
    let made = 0;
    let instance: object | undefined;
    const get = async () => {
      await once.do(async () => {
        await Promise.resolve();
        made++;
        instance = {};
      });
      return instance;
    };
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, get));
    expect(first).toBeDefined();
    for (const other of [...others, await get()]) expect(other).toBe(first);
    expect(made).toBe(1);
  });

  it("waits for any thenable", async () => {
    const once = new Once();
    const order: string[] = [];
    // oxlint-disable-next-line unicorn/no-thenable -- the case under test
    const thenable = { then: (resolve: () => void) => queueMicrotask(() => (order.push("run"), resolve())) };
    await once.do(() => thenable);
    order.push("done");
    expect(order).toEqual(["run", "done"]);
  });

  it("gives nothing, whatever the function returns", async () => {
    expect(await new Once().do(() => 1)).toBeUndefined();
    expect(await new Once().do(async () => 1)).toBeUndefined();
  });

  it("refuses what is not a function, and stays unused", async () => {
    const once = new Once();
    await expect(once.do("fn" as never)).rejects.toThrow(TypeError);
    await once.do(() => undefined);
    expect(once.done).toBe(true);
  });
});

describe("a run that fails", () => {
  it.each([
    [
      "throws",
      () => {
        throw undefined;
      },
    ],
    ["rejects", () => Promise.reject(undefined)],
  ])("rejects every caller with its error and never runs again: the function %s", async (_, fail) => {
    const once = new Once();
    let runs = 0;
    const fn = () => {
      runs++;
      return fail();
    };
    const outcome = { status: "rejected", reason: undefined };
    expect(await Promise.all([once.do(fn), once.do(fn)].map(stateOf))).toEqual([outcome, outcome]);
    expect(await stateOf(once.do(fn))).toEqual(outcome);
    expect([runs, once.done]).toEqual([1, true]);
  });
});

describe("a call from inside the run", () => {
  it("rejects before the first await", async () => {
    const once = new Once();
    let inner: Promise<void> | undefined;
    await once.do(() => {
      inner = once.do(() => undefined);
    });
    await expect(inner).rejects.toThrow(reentrant);
  });

  it("rejects through another Once", async () => {
    const outer = new Once();
    const inner = new Once();
    await expect(outer.do(() => inner.do(() => outer.do(() => undefined)))).rejects.toThrow(reentrant);
    expect([outer.done, inner.done]).toEqual([true, true]);
  });

  it("is told from a call beside the run, which waits", async () => {
    const once = new Once();
    const gate = deferred();
    const first = once.do(() => gate.promise);
    const beside = once.do(() => undefined);
    await flush();
    expect(await stateOf(beside)).toEqual({ status: "pending" });
    gate.resolve();
    await Promise.all([first, beside]);
  });

  it("may come once the run has ended", async () => {
    const once = new Once();
    const gate = deferred();
    let later: Promise<void> | undefined;
    await once.do(async () => {
      later = gate.promise.then(() => once.do(() => undefined));
    });
    gate.resolve();
    expect(await stateOf(later as Promise<void>)).toEqual({ status: "fulfilled", value: undefined });
  });
});

describe("cancelling a call", () => {
  it("refuses a source that is cancelled already, and runs nothing", async () => {
    const once = new Once();
    let ran = false;
    await expect(once.do(() => void (ran = true), AbortSignal.abort("before"))).rejects.toBe("before");
    expect(ran).toBe(false);
    await once.do(() => undefined);
    await expect(once.do(() => undefined, AbortSignal.abort("before"))).rejects.toBe("before");
  });

  it("ends that call and not the run, be it the one that began it", async () => {
    const once = new Once();
    const gate = deferred();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const cancelled = once.do(() => gate.promise, controller.signal);
    const other = once.do(() => undefined);
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    expect([once.waiting, watched.waiting, listeners.now]).toEqual([1, 1, 0]);
    gate.resolve();
    await other;
  });

  it("is heard when the function itself does it", async () => {
    const once = new Once();
    const gate = deferred();
    const controller = new AbortController();
    const cancelled = once.do(() => {
      controller.abort("from inside");
      return gate.promise;
    }, controller.signal);
    await expect(cancelled).rejects.toBe("from inside");
    gate.resolve();
    await once.do(() => undefined);
    expect(watched.waiting).toBe(0);
  });
});

describe("printing a Once", () => {
  it("shows its state and its name", async () => {
    const once = new Once({ name: "db" });
    expect(String(once)).toBe('Once("db", idle)');
    const gate = deferred();
    const call = once.do(() => gate.promise);
    expect(String(once)).toBe('Once("db", running, 1 waiting)');
    gate.resolve();
    await call;
    expect(String(once)).toBe('Once("db", done)');
    const failed = new Once();
    await failed.do(() => Promise.reject("no")).catch(() => undefined);
    expect(String(failed)).toBe("Once(failed)");
  });
});
