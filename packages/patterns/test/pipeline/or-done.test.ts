import { Chan, from } from "@conc/chan";
import { background, withCancel, withTimeout } from "@conc/context";
import { flush } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { generate, orDone } from "../../src/index.ts";
import { useWorld } from "../world.ts";
import { collect, counter, take } from "./collect.ts";

const world = useWorld();

describe("orDone", () => {
  it("delivers what the channel does, and closes with it", async () => {
    expect(await collect(orDone(background(), from([1, undefined, 3])))).toEqual({ values: [1, undefined, 3] });
    const input = new Chan<number>();
    const cause = new Error("upstream");
    input.close(cause);
    expect(await collect(orDone(background(), input))).toEqual({ values: [], cause });
  });

  it("ends with its context, also while it waits, and leaves what feeds the channel", async () => {
    const source = counter();
    const ctx = withTimeout(background(), 10);
    const all = collect(
      orDone(
        ctx,
        generate(background(), async function* () {
          yield* source;
        }),
      ),
    );
    const idle = collect(orDone(ctx, new Chan<number>()));
    ctx.cancel();
    expect((await all).cause).toBe(ctx.err);
    expect(await idle).toEqual({ values: [], cause: ctx.err });
    await flush();
    expect(source.asked === 0 || source.ended).toBe(true);
    expect(world.clock.timers).toBe(0);
  });

  it("takes a value only when somebody receives: none is lost when the context ends", async () => {
    const ch = new Chan<number>(3);
    for (const n of [1, 2, 3]) ch.trySend(n);
    const ctx = withCancel(background());
    const out = orDone(ctx, ch);
    expect(await out.recv()).toEqual({ value: 1, ok: true });
    await flush();
    ctx.cancel();
    await expect(out.recv()).rejects.toBe(ctx.err);
    expect(ch.length).toBe(2);
  });

  it("leaving the loop leaves what feeds the channel", async () => {
    const source = counter();
    const out = orDone(
      background(),
      generate(background(), () => source),
    );
    expect(await take(out, 2)).toEqual([0, 1]);
    expect(source.ended).toBe(true);
  });

  it("names what is wrong with an argument", () => {
    expect(() => orDone(null as never, from([1]))).toThrow("ctx: expected a Context, got null");
    expect(() => orDone(background(), [1] as never)).toThrow("ch: expected a channel to receive from");
  });
});
