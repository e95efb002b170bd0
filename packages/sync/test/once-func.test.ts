import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { MisuseError, onceFunc } from "../src/index.ts";
import { deferred } from "./support.ts";

describe("onceFunc", () => {
  it("runs the function once, and every call waits for that run", async () => {
    const gate = deferred<string>();
    let runs = 0;
    const close = onceFunc(() => {
      runs++;
      return gate.promise;
    });
    expect(runs).toBe(0);
    const calls = [close(), close()];
    expect((await Promise.all(calls.map(stateOf))).map(({ status }) => status)).toEqual(["pending", "pending"]);
    gate.resolve("value");
    expect([await Promise.all(calls), await close(), runs]).toEqual([[undefined, undefined], undefined, 1]);
  });

  it("keeps the error", async () => {
    let runs = 0;
    const close = onceFunc(() => {
      runs++;
      throw undefined;
    });
    const outcome = { status: "rejected", reason: undefined };
    expect(await stateOf(close())).toEqual(outcome);
    expect(await stateOf(close())).toEqual(outcome);
    expect(runs).toBe(1);
  });

  it("rejects a call from inside its own run", async () => {
    const close: () => Promise<void> = onceFunc(() => close());
    await expect(close()).rejects.toThrow(MisuseError);
  });

  it("refuses a cancelled source, and lets a waiting call be cancelled", async () => {
    const gate = deferred();
    const close = onceFunc(() => gate.promise);
    await expect(close(AbortSignal.abort("before"))).rejects.toBe("before");
    const controller = new AbortController();
    const cancelled = close(controller.signal);
    controller.abort("enough");
    await expect(cancelled).rejects.toBe("enough");
    gate.resolve();
    expect((await stateOf(close())).status).toBe("fulfilled");
  });

  it("refuses what is not a function, at once", () => {
    expect(() => onceFunc(undefined as never)).toThrow(new TypeError("fn: expected a function, got undefined"));
  });
});
