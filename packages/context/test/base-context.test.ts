import { useFakeClock } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import {
  background,
  type Context,
  contextKey,
  fromSignal,
  todo,
  withCancel,
  withDeadline,
  withoutCancel,
  withTimeout,
  withValue,
} from "../src/index.ts";
import { countControllers } from "./support/count-controllers.ts";
import { handMade } from "./support/hand-made.ts";

const key = contextKey<unknown>("user");
const every: [string, () => Context][] = [
  ["background", background],
  ["todo", todo],
  ["withCancel", () => withCancel(background())],
  ["withTimeout", () => withTimeout(background(), Number.POSITIVE_INFINITY)],
  ["withDeadline", () => withDeadline(background(), new Date(0))],
  ["withValue", () => withValue(background(), key, 1)],
  ["withoutCancel", () => withoutCancel(background())],
  ["fromSignal", () => fromSignal(new AbortController().signal)],
];

describe("signal", () => {
  it.each(every)("of %s is the only own property, and enumerable", (_, make) => {
    const ctx = make();
    expect(Reflect.ownKeys(ctx)).toEqual(["signal"]);
    expect(Object.keys(ctx)).toEqual(["signal"]);
    expect({ ...ctx }.signal).toBe(ctx.signal);
    expect(ctx.signal).toBeInstanceOf(AbortSignal);
  });

  it.each(every)("of %s cannot be replaced", (_, make) => {
    const ctx = make();
    const { signal } = ctx;
    expect(() => {
      (ctx as { signal: unknown }).signal = new AbortController().signal;
    }).toThrow(TypeError);
    expect(ctx.signal).toBe(signal);
  });

  it("is made when it is first asked for, and neither waits nor children nor prints ask", () => {
    const controllers = countControllers();
    const parent = withCancel(background());
    const ctx = withValue(withTimeout(parent, 1e6), key, 1);
    ctx.done.recv(ctx).catch(() => {});
    expect(String(ctx)).toMatch(/^context\.Background/);
    ctx.value(key);
    parent.cancel();
    expect([ctx.err?.message, ctx.cause, ctx.deadline]).toHaveLength(3);
    expect(controllers.made).toBe(0);
    expect(ctx.signal.aborted).toBe(true);
    expect(controllers.made).toBe(1);
    controllers.restore();
  });
});

describe("a printed context", () => {
  it("shows the chain, as Go does", () => {
    const clock = useFakeClock();
    const ctx = withTimeout(withCancel(background()), 499);
    expect(String(ctx)).toBe("context.Background.WithCancel.WithTimeout(2030-01-01T12:00:00.499Z [499ms])");
    clock.restore();
  });

  it("tells how long a deadline is over", async () => {
    const clock = useFakeClock();
    const ctx = withDeadline(todo(), new Date(clock.date() + 100));
    await clock.advance(250);
    expect(String(ctx)).toBe("context.TODO.WithTimeout(2030-01-01T12:00:00.100Z [-150ms])");
    clock.restore();
  });

  it("names every kind of context", () => {
    const ctx = withoutCancel(fromSignal(new AbortController().signal, withValue(todo(), key, "ada")));
    expect(String(ctx)).toBe("context.TODO.WithValue(user, ada).FromSignal.WithoutCancel");
  });

  it.each([
    ["ada", "ada"],
    [17, "17"],
    [undefined, "undefined"],
    [null, "null"],
    [Symbol("s"), "Symbol(s)"],
    [new Map(), "an instance of Map"],
    [Object.create(null), "an instance of Object"],
    [() => "a long body", "function"],
    [useFakeClock, "function useFakeClock"],
  ])("shows a value in short: %o", (value, shown) => {
    expect(String(withValue(background(), key, value))).toBe(`context.Background.WithValue(user, ${shown})`);
  });

  it("calls a hand-made parent what it calls itself, or else a Context", () => {
    expect(String(withCancel(handMade()))).toBe("Context.WithCancel");
    const named = Object.assign(handMade(), { toString: () => "mine" });
    expect(String(withCancel(named))).toBe("mine.WithCancel");
    const bare: Context = Object.assign(Object.create(null), handMade());
    expect(String(withCancel(bare))).toBe("Context.WithCancel");
  });
});
