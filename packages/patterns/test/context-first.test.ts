import { Chan, from } from "@conc/chan";
import { background, type Context, fromSignal, todo, withCancel, withTimeout, withoutCancel } from "@conc/context";
import { describe, expect, it } from "vitest";
import { contextFirst } from "../src/context-first.ts";
import { isContext } from "../src/is-context.ts";
import { handMade } from "./hand-made.ts";
import { useWorld } from "./world.ts";

useWorld();

describe("contextFirst", () => {
  it("leaves a context in its place, and puts the background before what has none", () => {
    const [ctx, ch] = [withCancel(background()), new Chan<number>()];
    expect(contextFirst<[Chan<number>, number]>([ctx, ch, 2])).toEqual([ctx, ch, 2]);
    expect(contextFirst<[Chan<number>, number]>([ch, 2])).toEqual([background(), ch, 2]);
    expect(contextFirst<unknown[]>([])).toEqual([background()]);
    expect(contextFirst<unknown[]>([undefined, ch])).toEqual([background(), undefined, ch]);
  });

  it("refuses a bare signal, which is neither", () => {
    expect(() => contextFirst<unknown[]>([AbortSignal.abort(), []])).toThrow(
      "fromSignal(signal) makes a Context of it",
    );
  });
});

describe("isContext", () => {
  it.each<[string, Context]>([
    ["the background", background()],
    ["a todo", todo()],
    ["one with a deadline", withTimeout(background(), 0)],
    ["one without its parent's end", withoutCancel(background())],
    ["one of a signal", fromSignal(AbortSignal.abort())],
    ["one of another make", handMade().ctx],
  ])("takes %s for one", (_, ctx) => {
    expect(isContext(ctx)).toBe(true);
  });

  it("makes no signal of one that has not made it yet", () => {
    let asked = 0;
    const lazy = {
      get signal() {
        asked++;
        return AbortSignal.abort();
      },
      value: () => undefined,
    };
    expect([isContext(lazy), asked]).toEqual([true, 0]);
  });

  it.each<[string, unknown]>([
    ["a channel", new Chan()],
    ["a channel of a source", from([1])],
    ["an array", [1]],
    ["a map", new Map()],
    ["a controller", new AbortController()],
    ["a signal", new AbortController().signal],
    ["options with a signal", { signal: new AbortController().signal }],
    ["something else with a value", { value: () => 1 }],
    ["a function", () => {}],
    ["nothing", undefined],
    ["null", null],
    ["a string", "ctx"],
  ])("takes %s for none", (_, value) => {
    expect(isContext(value)).toBe(false);
  });
});
