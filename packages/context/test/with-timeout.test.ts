import { useFakeClock } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { background, CanceledError, DeadlineExceededError, withCancel, withTimeout } from "../src/index.ts";

let clock: ReturnType<typeof useFakeClock>;
beforeEach(() => {
  clock = useFakeClock();
});
afterEach(() => clock.restore());

const at = (ms: number) => new Date(Date.UTC(2030, 0, 1, 12) + ms);

describe("a timeout", () => {
  it("ends the context when its time has come, not a millisecond before", async () => {
    const ctx = withTimeout(background(), 500);
    expect(ctx.deadline).toEqual(at(500));
    await clock.advance(499);
    expect(ctx.err).toBeUndefined();
    expect(ctx.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.signal.reason).toBe(ctx.err);
    expect(ctx.done.tryRecv()?.ok).toBe(false);
  });

  it("without a cause: ctx.cause is ctx.err", async () => {
    const ctx = withTimeout(background(), 5);
    await clock.advance(5);
    expect(ctx.cause).toBe(ctx.err);
    expect(Object.hasOwn(ctx.err as Error, "cause")).toBe(false);
  });

  it("with a cause: it is ctx.cause and err.cause once the deadline has passed", async () => {
    const cause = new Error("the database is slow");
    const ctx = withTimeout(background(), 5, cause);
    expect(ctx.cause).toBeUndefined();
    await clock.advance(5);
    expect(ctx.cause).toBe(cause);
    expect(ctx.err?.cause).toBe(cause);
  });

  it("has its cause for the deadline only: a cancel has its own, or none", () => {
    const [plain, own] = [withTimeout(background(), 5, "slow"), withTimeout(background(), 5, "slow")];
    plain.cancel();
    own.cancel("not needed");
    expect(plain.err).toBeInstanceOf(CanceledError);
    expect(plain.cause).toBe(plain.err);
    expect(own.cause).toBe("not needed");
  });

  it.each([0, -0, -1, -1e300, Number.NEGATIVE_INFINITY])("of %s ms is exceeded at once", (ms) => {
    const ctx = withTimeout(background(), ms, "no time");
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
    expect(ctx.cause).toBe("no time");
    expect(ctx.signal.aborted).toBe(true);
    expect(clock.timers).toBe(0);
    expect(Number.isNaN(ctx.deadline?.getTime())).toBe(false);
    expect(String(ctx)).toMatch(/^context\.Background\.WithTimeout\(.*Z \[-?\d+ms\]\)$/);
  });

  it("of less than a millisecond is not exceeded at once", async () => {
    const ctx = withTimeout(background(), 0.25);
    expect(ctx.err).toBeUndefined();
    await clock.advance(1);
    expect(ctx.err).toBeInstanceOf(DeadlineExceededError);
  });

  it.each([Number.POSITIVE_INFINITY, Number.MAX_VALUE, 8.64e15])(
    "of %s ms, beyond what a Date can tell, is no deadline and costs no timer",
    async (ms) => {
      const ctx = withTimeout(background(), ms);
      expect(ctx.deadline).toBeUndefined();
      expect(clock.timers).toBe(0);
      expect(String(ctx)).toBe("context.Background.WithTimeout(never)");
      await clock.advance(1e12);
      expect(ctx.err).toBeUndefined();
      ctx.cancel();
      expect(ctx.err).toBeInstanceOf(CanceledError);
    },
  );

  it.each([Number.NaN, "5", undefined, null, 5n, new Date()])("refuses %o", (ms) => {
    expect(() => withTimeout(background(), ms as never)).toThrow(RangeError);
    expect(() => withTimeout(background(), ms as never)).toThrow(/^ms: expected a number of milliseconds, got /);
    expect(clock.timers).toBe(0);
  });

  it("refuses what is no parent, and sets no timer", () => {
    expect(() => withTimeout(undefined as never, 5)).toThrow("context: cannot create a context from a null parent");
    expect(() => withTimeout({} as never, 5)).toThrow("parent: expected a Context, got an instance of Object");
    expect(clock.timers).toBe(0);
  });
});

describe("the timer", () => {
  it("never keeps the process alive", () => {
    withTimeout(background(), 500);
    expect([clock.timers, clock.keptAlive]).toEqual([1, 0]);
  });

  it("is gone after a cancel, after the parent's end, after the deadline, after `using`", async () => {
    const parent = withCancel(background());
    const cancelled = withTimeout(background(), 500);
    withTimeout(parent, 500);
    withTimeout(background(), 1);
    {
      using scoped = withTimeout(background(), 500);
      expect(scoped.err).toBeUndefined();
      expect(clock.timers).toBe(4);
    }
    expect(clock.timers).toBe(3);
    cancelled.cancel();
    expect(clock.timers).toBe(2);
    parent.cancel();
    expect(clock.timers).toBe(1);
    await clock.advance(1);
    expect(clock.timers).toBe(0);
  });
});

describe("a child with a deadline of its own", () => {
  it("keeps it when it is earlier; the parent goes on", async () => {
    const parent = withTimeout(background(), 500);
    const child = withTimeout(parent, 100, "child's");
    expect(child.deadline).toEqual(at(100));
    await clock.advance(100);
    expect(child.cause).toBe("child's");
    expect(parent.err).toBeUndefined();
  });

  it.each([500, 501, 1e9, Number.POSITIVE_INFINITY])(
    "has the parent's when its own, of %s ms, is not earlier; it costs no timer and ends with the parent's cause",
    async (ms) => {
      const parent = withTimeout(background(), 500, "parent's");
      const child = withTimeout(parent, ms, "child's");
      expect(child.deadline).toEqual(at(500));
      expect(clock.timers).toBe(1);
      await clock.advance(500);
      expect(child.err).toBe(parent.err);
      expect(child.cause).toBe("parent's");
    },
  );

  it("knows the earliest deadline of the whole chain, with plain contexts between", () => {
    const grandchild = withCancel(withTimeout(withCancel(withTimeout(background(), 100)), 900));
    expect(grandchild.deadline).toEqual(at(100));
    expect(withTimeout(grandchild, 50).deadline).toEqual(at(50));
  });

  it("whose parent is done is done as the parent is, even with a deadline that has passed", () => {
    const parent = withCancel(background());
    parent.cancel("over");
    for (const ms of [100, 0, -5]) {
      const child = withTimeout(parent, ms, "slow");
      expect(child.err).toBe(parent.err);
      expect(child.deadline).toEqual(at(ms));
    }
    expect(clock.timers).toBe(0);
  });

  it("still has its deadline to show once it has ended", async () => {
    const ctx = withTimeout(background(), 100);
    ctx.cancel();
    await clock.advance(1_000);
    expect(ctx.deadline).toEqual(at(100));
  });
});
