import { stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MisuseError, onceValue } from "../src/index.ts";
import { deferred } from "./support.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

describe("onceValue", () => {
  it("runs nothing before it is asked", () => {
    let ran = false;
    onceValue(() => {
      ran = true;
    });
    expect(ran).toBe(false);
  });

  it("gives everybody the value of one run, without arguments", async () => {
    const gate = deferred<object>();
    const seen: unknown[][] = [];
    const get = onceValue((...args: unknown[]) => {
      seen.push(args);
      return gate.promise;
    });
    const calls = [get(), get(), get()];
    const value = {};
    gate.resolve(value);
    for (const got of await Promise.all(calls)) expect(got).toBe(value);
    expect(await get()).toBe(value);
    expect(seen).toEqual([[]]);
  });

  it.each([undefined, null, 0, ""])("keeps the value %j of a function that is not async", async (value) => {
    let runs = 0;
    const get = onceValue(() => {
      runs++;
      return value;
    });
    expect([await get(), await get(), runs]).toEqual([value, value, 1]);
  });

  it("keeps the error", async () => {
    let runs = 0;
    const error = new Error("no database");
    const get = onceValue(() => {
      runs++;
      throw error;
    });
    await expect(get()).rejects.toBe(error);
    await expect(get()).rejects.toBe(error);
    expect(runs).toBe(1);
  });

  it("with retry tells an error to those who waited for that run, and the next call runs anew", async () => {
    let runs = 0;
    const get = onceValue(
      async () => {
        await Promise.resolve();
        if (++runs < 3) throw new Error(`run ${runs}`);
        return runs;
      },
      { retry: true },
    );
    await Promise.all([get(), get()].map((call) => expect(call).rejects.toThrow("run 1")));
    await expect(get()).rejects.toThrow("run 2");
    expect([await get(), await get(), runs]).toEqual([3, 3, 3]);
  });

  it("with retry runs a function anew that threw inside the call", async () => {
    let runs = 0;
    const get = onceValue(
      () => {
        if (++runs === 1) throw undefined;
        return "value";
      },
      { retry: true },
    );
    expect(await stateOf(get())).toEqual({ status: "rejected", reason: undefined });
    expect(await get()).toBe("value");
  });

  it("rejects a call from inside its own run, also in a later try", async () => {
    const get: () => Promise<unknown> = onceValue(() => get(), { retry: true });
    await expect(get()).rejects.toThrow(MisuseError);
    await expect(get()).rejects.toThrow(MisuseError);
  });

  it("ends a cancelled call with the source's reason, and the run goes on", async () => {
    const gate = deferred<number>();
    const get = onceValue(() => gate.promise);
    const controller = new AbortController();
    const cancelled = get(controller.signal);
    const other = get();
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    gate.resolve(1);
    expect(await other).toBe(1);
    await expect(get(AbortSignal.abort("late"))).rejects.toBe("late");
    expect(watched.waiting).toBe(0);
  });

  it("refuses what is not a function, at once", () => {
    expect(() => onceValue(1 as never)).toThrow(new TypeError("fn: expected a function, got 1"));
  });
});
