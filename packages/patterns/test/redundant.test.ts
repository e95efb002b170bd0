import { sleep } from "@conc/chan";
import { background, type Context, contextKey, withCancel, withTimeout, withValue } from "@conc/context";
import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { redundant, SupersededError } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

const fleet = [
  { name: "SBG", ms: 100 },
  { name: "GRA", ms: 200 },
  { name: "BHS", ms: 300 },
];

/** Asks by sleeping, and writes down what happens and when. */
function recorder() {
  const { log, note } = world;
  const contexts: Context[] = [];
  const ask = async (ctx: Context, { name, ms, fails }: { name: string; ms: number; fails?: boolean }) => {
    note(`${name} asked`);
    contexts.push(ctx);
    try {
      await sleep(ms, ctx);
    } catch (error) {
      note(`${name} cancelled`);
      throw error;
    }
    note(`${name} ${fails ? "failed" : "answered"}`);
    if (fails) throw new Error(`${name} is broken`);
    return `server-1 of ${name}`;
  };
  return { log, note, ask, contexts };
}

describe("the first answer wins", () => {
  it("asks all at once, and cancels the others in the step in which the winner settles", async () => {
    const { log, note, ask } = recorder();
    const call = redundant(background(), fleet, ask).then((winner) => {
      note("won");
      return winner;
    });
    await world.clock.advance(100);
    expect(log).toEqual([
      "0 SBG asked",
      "0 GRA asked",
      "0 BHS asked",
      "100 SBG answered",
      "100 won",
      "100 GRA cancelled",
      "100 BHS cancelled",
    ]);
    const winner = await call;
    expect(winner).toMatchObject({ target: fleet[0], index: 0, value: "server-1 of SBG", attempts: 3 });
    await winner.losers;
  });

  it("the losers are cancelled before the winner's caller runs", async () => {
    const { ask, contexts } = recorder();
    let seen: unknown[] = [];
    const call = redundant(background(), fleet, ask).then(() => {
      seen = contexts.map(({ err }) => err?.name);
    });
    await world.clock.advance(100);
    await call;
    expect(seen).toEqual([undefined, "AbortError", "AbortError"]);
    expect(contexts[1]?.cause).toBeInstanceOf(SupersededError);
    expect(contexts[1]?.cause).toMatchObject({ name: "SupersededError", code: "ERR_SUPERSEDED" });
  });

  it("is not held up by losers that ignore their cancellation; `losers` tells when they have ended", async () => {
    const call = redundant(background(), fleet, (_ctx, { ms }) => sleep(ms));
    await world.clock.advance(100);
    const { losers } = await call;
    expect(await stateOf(losers)).toEqual({ status: "pending" });
    await world.clock.advance(100);
    expect(await stateOf(losers)).toEqual({ status: "pending" });
    await world.clock.advance(100);
    expect(await stateOf(losers)).toEqual({ status: "fulfilled", value: undefined });
  });

  it("`losers` is one promise, and resolved at once if all have ended", async () => {
    const call = redundant(background(), [1], async () => "only");
    const winner = await call;
    expect(winner.losers).toBe(winner.losers);
    await winner.losers;
    const late = redundant(background(), fleet, (_ctx, { ms }) => sleep(ms));
    await world.clock.advance(300);
    expect(await stateOf((await late).losers)).toEqual({ status: "fulfilled", value: undefined });
  });

  it("observes what losers still reject with, after the call", async () => {
    const call = redundant(background(), fleet, async (_ctx, { ms, name }) => {
      await sleep(ms);
      if (name !== "SBG") throw new Error(`${name}, late`);
    });
    await world.clock.advance(100);
    const { losers } = await call;
    await world.clock.advance(200);
    expect(await stateOf(losers)).toEqual({ status: "fulfilled", value: undefined });
  });

  it("leaves the winner's context alive, and free of its parent", async () => {
    const parent = withCancel(background());
    const { ask, contexts } = recorder();
    const call = redundant(parent, fleet, ask);
    await world.clock.advance(100);
    await call;
    parent.cancel();
    expect(contexts.map(({ err }) => err?.name)).toEqual([undefined, "AbortError", "AbortError"]);
  });

  it("a failure does not end the race", async () => {
    const { ask, log } = recorder();
    const call = redundant(background(), [{ name: "DCError", ms: 50, fails: true }, ...fleet], ask);
    await world.clock.advance(100);
    expect(await call).toMatchObject({ index: 1, attempts: 4 });
    expect(log).toContain("50 DCError failed");
  });

  it("gives each attempt its own context with the caller's values, its target and its index", async () => {
    const key = contextKey<string>("user");
    const seen: unknown[] = [];
    await redundant(withValue(background(), key, "ada"), ["a", "b"], async (ctx, target, index) => {
      seen.push([ctx.value(key), target, index]);
    });
    expect(seen).toEqual([
      ["ada", "a", 0],
      ["ada", "b", 1],
    ]);
  });

  it("takes answers that are no promises, and targets that are no array", async () => {
    const winner = await redundant(background(), new Set([7, 8]), (_ctx, n) => n * 2);
    expect(winner).toMatchObject({ target: 7, value: 14, attempts: 2 });
  });
});

describe("accept", () => {
  it("passes over the answers it refuses", async () => {
    const call = redundant(background(), fleet, async (ctx, { ms }) => sleep(ms, ctx).then(() => ms), {
      accept: (ms, target, index) => ms > 100 && target.ms === ms && index > 0,
    });
    await world.clock.advance(200);
    expect(await call).toMatchObject({ target: { name: "GRA" }, value: 200 });
  });

  it("resolves to undefined when all answered and none was accepted", async () => {
    expect(await redundant(background(), [1, 2], async (_ctx, n) => n, { accept: () => false })).toBeUndefined();
  });

  it("that throws makes a failure of the answer", async () => {
    const call = redundant(background(), [1, 2], async (_ctx, n) => n, {
      accept: (n) => {
        if (n === 1) throw new Error("unreadable");
        return true;
      },
    });
    expect(await call).toMatchObject({ value: 2 });
  });

  it("that cancels the caller's context ends the race by that, and by nothing else", async () => {
    const ctx = withCancel(background());
    const call = redundant(ctx, [1], async (_ctx, n) => n, {
      accept: () => {
        ctx.cancel();
        return true;
      },
    });
    const state = await stateOf(call);
    expect(ctx.err).toBeDefined();
    expect(state).toEqual({ status: "rejected", reason: ctx.err });
  });
});

describe("when no attempt brings an answer", () => {
  it("rejects with all errors, in the order of the targets", async () => {
    const call = redundant(
      background(),
      [30, 10, 20].map((ms) => ({ name: `${ms}`, ms, fails: true })),
      recorder().ask,
    );
    const state = stateOf(call);
    await world.clock.advance(30);
    await state;
    const error = await call.catch((reason: AggregateError) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors.map(({ message }: Error) => message)).toEqual([
      "30 is broken",
      "10 is broken",
      "20 is broken",
    ]);
  });

  it("a failure beside refused answers is told: nobody knows what it would have answered", async () => {
    const call = redundant(background(), [1, 2], async (_ctx, n) => (n === 1 ? n : Promise.reject(new Error("down"))), {
      accept: () => false,
    });
    await expect(call).rejects.toMatchObject({ errors: [{ message: "down" }] });
  });

  it("keeps an error that is undefined, and one that is thrown at once", async () => {
    const error = new Error("thrown");
    const call = redundant(background(), [0, 1], (_ctx, n) => {
      if (n === 0) throw error;
      return Promise.reject(undefined);
    });
    await expect(call).rejects.toMatchObject({ errors: [error, undefined] });
  });
});

describe("cancel", () => {
  it("rejects at once with the context's error, and reaches every attempt in that step", async () => {
    const ctx = withTimeout(background(), 50);
    const { ask, log, contexts } = recorder();
    const call = stateOf(redundant(ctx, fleet, ask));
    await call;
    const again = redundant(ctx, fleet, ask);
    again.catch(() => {});
    ctx.cancel(new Error("the user left"));
    expect(contexts.map(({ err }) => err)).toEqual(Array.from({ length: 6 }, () => ctx.err));
    await expect(again).rejects.toBe(ctx.err);
    expect(log.filter((line) => line.endsWith("cancelled"))).toHaveLength(6);
  });

  it("does not wait for an attempt that never settles", async () => {
    const ctx = withTimeout(background(), 50);
    const call = redundant(ctx, [1], () => new Promise<never>(() => {}));
    const state = stateOf(call);
    await world.clock.advance(50);
    await state;
    await expect(call).rejects.toBe(ctx.err);
  });

  it("comes first if it was there before the call (C1): no target is asked", async () => {
    const ctx = withCancel(background());
    ctx.cancel();
    const { ask, log } = recorder();
    await expect(redundant(ctx, fleet, ask)).rejects.toBe(ctx.err);
    expect(log).toEqual([]);
  });

  it("in the step after the winner settled changes nothing (C2)", async () => {
    const ctx = withCancel(background());
    let answer: (text: string) => void = () => {};
    const call = redundant(
      ctx,
      [1],
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    answer("in time");
    await Promise.resolve();
    ctx.cancel();
    expect(await call).toMatchObject({ value: "in time" });
  });

  it("in the step in which the deadline comes first is told, and the answer of that step is a loser's", async () => {
    const ctx = withCancel(background());
    let answer: (text: string) => void = () => {};
    const call = redundant(
      ctx,
      [1],
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    ctx.cancel();
    answer("too late");
    await expect(call).rejects.toBe(ctx.err);
  });

  it("by a function that is just being started sends nothing more", async () => {
    const ctx = withCancel(background());
    let asked = 0;
    const call = redundant(ctx, [1, 2, 3], () => {
      asked++;
      ctx.cancel();
    });
    await expect(call).rejects.toBe(ctx.err);
    expect(asked).toBe(1);
  });
});

describe("bad arguments reject, and name the argument", () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ["no targets", () => redundant(background(), [], async () => 1), "targets: expected at least one, got none"],
    [
      "targets that are none",
      () => redundant(background(), 5 as never, async () => 1),
      "targets: expected an array or another iterable, got 5",
    ],
    ["no function", () => redundant(background(), [1], undefined as never), "fn: expected a function, got undefined"],
    ["no context", () => redundant(undefined as never, [1], async () => 1), "ctx: expected a Context, got undefined"],
    [
      "a signal for a context",
      () => redundant(new AbortController().signal as never, [1], async () => 1),
      "ctx: expected a Context, got an instance of AbortSignal; fromSignal(signal) makes a Context of it",
    ],
  ])("%s", async (_, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });
});
