import { sleep } from "@conc/chan";
import { background, type Context, withCancel } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { generate } from "../../src/index.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

const world = useWorld();

describe("generate", () => {
  it.each<[string, () => Iterable<number> | AsyncIterable<number>]>([
    ["an iterable", () => [0, 1, 2]],
    ["a generator", () => counter(3)],
    [
      "an async generator",
      async function* () {
        yield* [0, 1, 2];
      },
    ],
    ["a channel", () => generate(background(), () => [0, 1, 2])],
  ])("delivers what %s gives, in order, and then closes", async (_, fn) => {
    expect(await collect(generate(background(), fn))).toEqual({ values: [0, 1, 2] });
  });

  it("asks its source only when somebody receives", async () => {
    const source = counter();
    let begun = false;
    const ch = generate(background(), () => {
      begun = true;
      return source;
    });
    await flush();
    expect(begun).toBe(false);
    await ch.recv();
    await flush();
    expect(source.asked).toBe(1);
    await take(ch, 1);
  });

  it("leaving the loop ends the source and its context", async () => {
    const source = counter();
    let seen: Context | undefined;
    const ch = generate(background(), (ctx) => {
      seen = ctx;
      return source;
    });
    expect(await take(ch, 2)).toEqual([0, 1]);
    expect([source.ended, seen?.err?.name]).toEqual([true, "AbortError"]);
  });

  it("leaving the loop reaches a source that waits under its context", async () => {
    let cleaned = false;
    const ch = generate(background(), async function* (ctx) {
      try {
        yield 1;
        await sleep(60_000, ctx);
      } finally {
        cleaned = true;
      }
    });
    const iterator = ch[Symbol.asyncIterator]();
    await iterator.next();
    const second = iterator.next();
    await flush();
    expect(world.clock.timers).toBe(1);
    await iterator.return?.();
    expect(await second).toEqual({ value: undefined, done: true });
    await flush();
    expect([cleaned, world.clock.timers]).toEqual([true, 0]);
  });

  it("cancel closes the channel with the context's error, and ends the source", async () => {
    const ctx = withCancel(background());
    const source = counter();
    const ch = generate(ctx, () => source);
    await ch.recv();
    ctx.cancel();
    expect(await collect(ch)).toEqual({ values: [], cause: ctx.err });
    expect(source.ended).toBe(true);
    expect(await collect(generate(ctx, () => [1]))).toEqual({ values: [], cause: ctx.err });
  });

  it.each<[string, (ctx: Context) => Iterable<number>, RegExp]>([
    [
      "throws",
      () => {
        throw new Error("no source");
      },
      /no source/,
    ],
    [
      "breaks",
      function* () {
        yield 1;
        throw new Error("it broke");
      },
      /it broke/,
    ],
    [
      "gives no iterable",
      () => 5 as never,
      /fn: expected a function that returns an iterable or async iterable, got 5/,
    ],
  ])("a source that %s closes the channel with its error, and ends its context", async (_, fn, message) => {
    let seen: Context | undefined;
    const { cause } = await collect(
      generate(background(), (ctx) => {
        seen = ctx;
        return fn(ctx);
      }),
    );
    expect(String(cause)).toMatch(message);
    expect(seen?.err).toBeDefined();
  });

  it("names what is wrong with an argument", () => {
    expect(() => generate(5 as never, () => [])).toThrow("ctx: expected a Context, got 5");
    expect(() => generate(background(), [] as never)).toThrow("fn: expected a function, got an instance of Array");
  });
});
