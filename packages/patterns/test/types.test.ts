import type { Chan, ReceiveChan } from "@conc/chan";
import type { Context } from "@conc/context";
import { describe, expectTypeOf, it } from "vitest";
import {
  batch,
  fanIn,
  fanOut,
  type HedgedOptions,
  hedged,
  map,
  mapConcurrent,
  redundant,
  tee,
  type Winner,
  WorkerPool,
} from "../src/index.ts";

declare const ctx: Context;
declare const numbers: Chan<number>;
declare const words: ReceiveChan<string>;
declare const many: readonly ReceiveChan<number>[];
declare const items: readonly number[];
const double = (_ctx: Context, n: number, _index: number) => n * 2;
const spell = async (_ctx: Context, n: number) => `${n}`;

describe("a stage, with a context first or without one", () => {
  it("map gives what its function makes, promise or not", () => {
    expectTypeOf(() => map(ctx, numbers, spell)).returns.toEqualTypeOf<ReceiveChan<string>>();
    expectTypeOf(() => map(numbers, spell, { concurrency: 2, ordered: false })).returns.toEqualTypeOf<
      ReceiveChan<string>
    >();
    expectTypeOf(() => map(ctx, numbers, double, { buffer: 1 })).returns.toEqualTypeOf<ReceiveChan<number>>();
  });

  it("map's function needs no annotations", () => {
    const inferred = [
      () => map(ctx, words, (own, word, index) => ({ own, word, index })),
      () => map(words, (own, word, index) => ({ own, word, index })),
    ];
    expectTypeOf(inferred).items.returns.toEqualTypeOf<ReceiveChan<{ own: Context; word: string; index: number }>>();
  });

  it("the others deliver what they are given", () => {
    expectTypeOf(() => fanIn(ctx, numbers, numbers)).returns.toEqualTypeOf<ReceiveChan<number>>();
    expectTypeOf(() => fanIn(...many)).returns.toEqualTypeOf<ReceiveChan<number>>();
    expectTypeOf(() => fanIn(ctx, ...many)).returns.toEqualTypeOf<ReceiveChan<number>>();
    expectTypeOf(() => fanIn<number | string>(ctx, numbers, words)).returns.toEqualTypeOf<
      ReceiveChan<number | string>
    >();
    expectTypeOf(() => fanOut(ctx, words, 2)).returns.toEqualTypeOf<ReceiveChan<string>[]>();
    expectTypeOf(() => fanOut(words, 2)).returns.toEqualTypeOf<ReceiveChan<string>[]>();
    expectTypeOf(() => tee(ctx, words, 2)).returns.toEqualTypeOf<ReceiveChan<string>[]>();
    expectTypeOf(() => tee(words, 2)).returns.toEqualTypeOf<ReceiveChan<string>[]>();
    expectTypeOf(() => batch(ctx, words, { size: 2 })).returns.toEqualTypeOf<ReceiveChan<string[]>>();
    expectTypeOf(() => batch(words, { size: 2, ms: 5 })).returns.toEqualTypeOf<ReceiveChan<string[]>>();
  });

  it("what is no context and no channel is refused", () => {
    const signal = new AbortController().signal;
    const wrong = [
      // @ts-expect-error -- a bare signal: fromSignal makes a context of it
      () => map(signal, numbers, double),
      // @ts-expect-error -- an array: from makes a channel of it
      () => map(ctx, items, double),
      // @ts-expect-error -- the function is for strings
      () => map(ctx, words, double),
      // @ts-expect-error -- the context comes first
      () => fanOut(words, ctx, 2),
      // @ts-expect-error -- inputs of one kind, unless said otherwise
      () => fanIn(ctx, numbers, words),
    ];
    expectTypeOf(wrong).toBeArray();
  });
});

describe("mapConcurrent and WorkerPool", () => {
  it("take the context first, or among the options, and not both", () => {
    expectTypeOf(() => mapConcurrent(ctx, items, spell, { concurrency: 2 })).returns.toEqualTypeOf<Promise<string[]>>();
    expectTypeOf(() => mapConcurrent(items, double, { concurrency: 2, ctx })).returns.toEqualTypeOf<
      Promise<number[]>
    >();
    expectTypeOf(() => mapConcurrent(ctx, words, (_own, word) => word, { concurrency: 2 })).returns.toEqualTypeOf<
      Promise<string[]>
    >();
    expectTypeOf(() => new WorkerPool(ctx, { workers: 1 })).returns.toEqualTypeOf<WorkerPool>();
    expectTypeOf(() => new WorkerPool({ workers: 1, ctx })).returns.toEqualTypeOf<WorkerPool>();
    const wrong = [
      // @ts-expect-error -- twice
      () => mapConcurrent(ctx, items, double, { concurrency: 2, ctx }),
      // @ts-expect-error -- twice
      () => new WorkerPool(ctx, { workers: 1, ctx }),
      // @ts-expect-error -- how many at a time is for the caller to say
      () => mapConcurrent(ctx, items, double),
    ];
    expectTypeOf(wrong).toBeArray();
  });
});

describe("a race", () => {
  it("may have no winner only if answers can be refused", () => {
    const accept = (text: string) => text !== "";
    expectTypeOf(() => redundant(ctx, items, spell)).returns.toEqualTypeOf<Promise<Winner<number, string>>>();
    expectTypeOf(() => redundant(ctx, items, spell, { accept })).returns.toEqualTypeOf<
      Promise<Winner<number, string> | undefined>
    >();
    expectTypeOf(() => hedged(ctx, items, spell, { delay: 5 })).returns.toEqualTypeOf<
      Promise<Winner<number, string>>
    >();
    expectTypeOf((options: HedgedOptions<number, string>) => hedged(ctx, items, spell, options)).returns.toEqualTypeOf<
      Promise<Winner<number, string> | undefined>
    >();
  });
});
