import { Chan, from, type ReceiveChan } from "@conc/chan";
import { background, type Context, contextKey, withCancel, withTimeout, withValue } from "@conc/context";
import { flush, unhandledIn } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { batch, fanIn, fanOut, generate, map, orDone, tee } from "../../src/index.ts";
import { handMade } from "../hand-made.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

const world = useWorld();

type Stage = (ctx: Context, input: ReceiveChan<number>) => ReceiveChan<unknown>[];

const stages: [string, Stage][] = [
  ["map", (ctx, input) => [map(ctx, input, (_own, n) => n, { concurrency: 2 })]],
  ["map, unordered", (ctx, input) => [map(ctx, input, (_own, n) => n, { concurrency: 2, ordered: false })]],
  ["fanIn", (ctx, input) => [fanIn(ctx, input, new Chan<number>())]],
  ["fanOut", (ctx, input) => fanOut(ctx, input, 2)],
  ["tee", (ctx, input) => tee(ctx, input, 2)],
  ["batch", (ctx, input) => [batch(ctx, input, { size: 2, ms: 1_000 })]],
  ["orDone", (ctx, input) => [orDone(ctx, input)]],
];

describe.each(stages)("the context that %s is given first", (_name, make) => {
  it("ends it: every channel is closed with the context's error, and the source is stopped", async () => {
    const ctx = withCancel(background());
    const source = counter();
    const outs = make(
      ctx,
      generate(background(), () => source),
    );
    const all = outs.map(collect);
    await flush();
    ctx.cancel(new Error("the user left"));
    for (const { cause } of await Promise.all(all)) expect(cause).toBe(ctx.err);
    await flush();
    expect(source.ended).toBe(true);
  });

  it("ends it while what it has waits to be received", async () => {
    const ctx = withTimeout(background(), 20);
    const source = counter();
    const outs = make(
      ctx,
      generate(background(), () => source),
    );
    await world.clock.advance(20);
    expect(ctx.err?.name).toBe("TimeoutError");
    for (const out of outs) expect(await collect(out)).toEqual({ values: [], cause: ctx.err });
    // orDone asks for nothing that nobody asks it for.
    expect(source.ended || source.asked === 0).toBe(true);
  });

  it("takes its receives back: a channel that others feed goes on without it", async () => {
    const ctx = withCancel(background());
    const input = new Chan<number>();
    const all = make(ctx, input).map(collect);
    await flush();
    ctx.cancel();
    await Promise.all(all);
    expect(input.trySend(1)).toBe(false);
    expect(String(input)).toBe("Chan(0 of 0 buffered)");
  });

  it("in the step in which a value was received, ends it all the same", async () => {
    const ctx = withCancel(background());
    const input = new Chan<number>();
    const all = make(ctx, input).map(collect);
    await flush();
    expect(input.trySend(1)).toBe(true);
    ctx.cancel();
    for (const { values, cause } of await Promise.all(all))
      expect([values.flat().length <= 1, cause]).toEqual([true, ctx.err]);
  });

  it("done before, lets it take nothing", async () => {
    const ctx = withCancel(background());
    ctx.cancel();
    const input = new Chan<number>(1);
    input.trySend(1);
    for (const out of make(ctx, input)) expect(await collect(out)).toEqual({ values: [], cause: ctx.err });
    expect(input.length).toBe(1);
  });

  it("has nothing left on it when the stage has ended, whatever ended it", async () => {
    const closed = handMade();
    const input = new Chan<number>(1);
    input.trySend(1);
    input.close(new Error("upstream"));
    await Promise.all(make(closed.ctx, input).map(collect));

    const left = handMade();
    const outs = make(
      left.ctx,
      generate(background(), () => counter()),
    );
    await Promise.all(outs.map((out) => take(out, 1)));

    const ended = handMade();
    const all = make(ended.ctx, new Chan<number>()).map(collect);
    await flush();
    expect(ended.listeners.now).toBe(1);
    const reason = new Error("ended");
    ended.end(reason);
    for (const { cause } of await Promise.all(all)) expect(cause).toBe(reason);

    await flush();
    expect([closed, left, ended].map(({ listeners }) => listeners.now)).toEqual([0, 0, 0]);
  });

  it("is a context: a bare signal is told so, and what to make of it", () => {
    expect(() => make(new AbortController().signal as never, from([1]))).toThrow(
      "ctx: expected a Context, got an instance of AbortSignal; fromSignal(signal) makes a Context of it",
    );
  });
});

describe("what map's function is given", () => {
  it("is a context with the values of the stage's", async () => {
    const user = contextKey<string>("user");
    const ctx = withValue(background(), user, "ada");
    expect(await collect(map(ctx, from([1]), (own) => own.value(user)))).toEqual({ values: ["ada"] });
  });

  it("never comes under a context that is done: an item that was received in the step of the cancel is dropped", async () => {
    const ctx = withCancel(background());
    const input = new Chan<number>();
    let calls = 0;
    const all = collect(map(ctx, input, () => calls++, { concurrency: 2 }));
    await flush();
    input.trySend(1);
    ctx.cancel();
    expect(await all).toEqual({ values: [], cause: ctx.err });
    expect(calls).toBe(0);
  });
});

describe("an input whose clean-up fails", () => {
  const unclean = () =>
    generate(background(), function* () {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        // oxlint-disable-next-line no-unsafe-finally -- a clean-up that fails
        throw new Error("clean-up");
      }
    });

  it("does not take the place of the error that led to it", async () => {
    const { cause } = await collect(map(unclean(), () => Promise.reject(new Error("work"))));
    expect(cause).toEqual(new Error("work"));
  });

  it("is loud when the stage was left: there is nobody to tell", async () => {
    const loud = await unhandledIn(async () => {
      const stage = map(unclean(), (_ctx, n) => n);
      expect(await take(stage, 1)).toEqual([0]);
    });
    expect(loud).toEqual([new Error("clean-up")]);
  });
});
