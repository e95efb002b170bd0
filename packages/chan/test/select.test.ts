import { flush, stateOf, useSeed, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { after, Chan, ClosedChannelError, never, recv, select, selectBiased, send, trySelect } from "../src/index.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const filled = <T>(...values: T[]) => {
  const ch = new Chan<T>(values.length);
  for (const value of values) ch.trySend(value);
  return ch;
};
const closed = (cause?: unknown) => {
  const ch = new Chan<never>();
  ch.close(cause);
  return ch;
};

describe("a select with a ready case", () => {
  it("receives, and gives what the handler returns", async () => {
    expect(await select([recv(filled("v"), ({ value, ok }) => [value, ok])])).toEqual(["v", true]);
  });

  it("sends, and gives what the handler returns", async () => {
    const ch = new Chan<string>(1);
    expect(await select([send(ch, "v", () => "sent")])).toBe("sent");
    expect(ch.tryRecv()).toEqual({ value: "v", ok: true });
  });

  it("without a handler gives { value, ok } for a receive and undefined for a send", async () => {
    expect(await select([recv(filled("v"))])).toEqual({ value: "v", ok: true });
    expect(await select([recv(closed())])).toEqual({ value: undefined, ok: false });
    expect(await select([send(new Chan<number>(1), 1)])).toBeUndefined();
  });

  it("does that one operation and no other", async () => {
    const a = filled(1);
    const b = filled(2);
    const out = new Chan<number>(1);
    await select([recv(a), recv(b), send(out, 3)]);
    expect(a.length + b.length + (1 - out.length)).toBe(2);
  });

  it("makes the choice inside the call", () => {
    const ch = filled(1);
    void select([recv(ch)]);
    expect(ch.length).toBe(0);
  });

  it("takes over a waiting sender, and serves a waiting receiver", async () => {
    const a = new Chan<string>();
    const sending = a.send("x");
    expect(await select([recv(a, (r) => r.value)])).toBe("x");
    await sending;
    const receiving = a.recv();
    await select([send(a, "y")]);
    expect(await receiving).toEqual({ value: "y", ok: true });
  });
});

describe("a select that waits", () => {
  it("is served by a send, and leaves every queue in that step", async () => {
    const a = new Chan<number>();
    const b = new Chan<number>();
    const chosen = select([recv(a, (r) => ["a", r.value]), recv(b, (r) => ["b", r.value])]);
    expect(await stateOf(chosen)).toEqual({ status: "pending" });
    expect(b.trySend(1)).toBe(true);
    expect(String(a)).toBe("Chan(0 of 0 buffered)");
    expect(a.trySend(2)).toBe(false);
    expect(await chosen).toEqual(["b", 1]);
    expect(watched.waiting).toBe(0);
  });

  it("is served by a receive", async () => {
    const a = new Chan<number>();
    const chosen = select([send(a, 7, () => "sent"), recv(new Chan())]);
    expect(a.tryRecv()).toEqual({ value: 7, ok: true });
    expect(await chosen).toBe("sent");
  });

  it("is ended by a close: { ok: false } for a receive, a rejection for a send", async () => {
    const b = new Chan<number>();
    const ended = select([recv(b, (r) => r.ok), recv(new Chan())]);
    b.close();
    expect(await ended).toBe(false);
    const c = new Chan<number>();
    const refused = select([send(c, 9), recv(new Chan())]);
    c.close("cause");
    await expect(refused).rejects.toMatchObject({ name: "ClosedChannelError", value: 9, cause: "cause" });
    expect(watched.waiting).toBe(0);
  });

  it("rejects with a close's cause and runs no handler", async () => {
    const a = new Chan<number>();
    const chosen = select([recv(a, () => expect.fail("ran a handler")), recv(new Chan())]);
    a.close("cause");
    await expect(chosen).rejects.toBe("cause");
    await expect(select([recv(a, () => expect.fail("ran a handler"))])).rejects.toBe("cause");
  });

  it("on channels that nobody serves waits until it is cancelled: none, null, undefined, never", async () => {
    for (const cases of [[], [null, undefined], [recv(never), send(never, 1), recv(null), send(undefined, 1)]]) {
      const controller = new AbortController();
      const chosen = select(cases, controller.signal);
      expect(await stateOf(chosen)).toEqual({ status: "pending" });
      controller.abort("stop");
      await expect(chosen).rejects.toBe("stop");
    }
    expect(watched.waiting).toBe(0);
  });

  it("keeps its place in each queue: who came before it is served before it", async () => {
    const ch = new Chan<number>();
    const before = ch.recv();
    const chosen = select([recv(ch, (r) => r.value), recv(new Chan())]);
    const behind = ch.recv();
    for (let i = 0; i < 3; i++) ch.trySend(i);
    expect((await before).value).toBe(0);
    expect(await chosen).toBe(1);
    expect((await behind).value).toBe(2);
  });

  it("gives way on its other queues to nobody but itself: a loser takes no neighbour's waiter along", async () => {
    const a = new Chan<number>();
    const b = new Chan<number>();
    const neighbours = [b.recv(), b.recv()];
    const chosen = select([recv(a), recv(b)]);
    neighbours.push(b.recv());
    a.trySend(0);
    await chosen;
    expect(String(b)).toBe("Chan(0 of 0 buffered, 3 receiving)");
    for (let i = 1; i <= 3; i++) expect(b.trySend(i)).toBe(true);
    expect((await Promise.all(neighbours)).map((r) => r.value)).toEqual([1, 2, 3]);
  });

  it("nests, and takes a timeout as a case", async () => {
    const silent = new Chan<number>();
    expect(await select([recv(silent), recv(after(1), () => "timeout")])).toBe("timeout");
    expect(String(silent)).toBe("Chan(0 of 0 buffered)");
  });
});

describe("the same channel in several cases", () => {
  it("is received from once, and leaves once", async () => {
    const ch = new Chan<number>();
    const chosen = select([recv(ch, (r) => r.value), recv(ch, (r) => r.value)]);
    expect(String(ch)).toBe("Chan(0 of 0 buffered, 2 receiving)");
    ch.trySend(1);
    expect(await chosen).toBe(1);
    expect(String(ch)).toBe("Chan(0 of 0 buffered)");
    expect(ch.trySend(2)).toBe(false);
  });

  it("either of them may be the one, also when the select had to wait; selectBiased takes the first", async () => {
    const restore = useSeed(3);
    const ch = new Chan<number>();
    const chosen = new Set<number>();
    const biased = new Set<number>();
    for (let i = 0; i < 50; i++) {
      const any = select([recv(ch, () => 0), recv(ch, () => 1)]);
      ch.trySend(i);
      chosen.add(await any);
      const first = selectBiased([recv(ch, () => 0), recv(ch, () => 1)]);
      ch.trySend(i);
      biased.add(await first);
    }
    restore();
    expect(chosen).toEqual(new Set([0, 1]));
    expect(biased).toEqual(new Set([0]));
  });

  it("to send and to receive: a select never pairs with itself, two of them pair with each other", async () => {
    const ch = new Chan<string>();
    const both = (name: string) =>
      select([recv(ch, (r) => `${name} got ${r.value}`), send(ch, name, () => `${name} sent`)]);
    const one = both("one");
    expect(await stateOf(one)).toEqual({ status: "pending" });
    const two = both("two");
    const outcome = [await one, await two].toSorted();
    expect([
      ["one got two", "two sent"],
      ["one sent", "two got one"],
    ]).toContainEqual(outcome);
    expect(String(ch)).toBe("Chan(0 of 0 buffered)");
  });

  it("one case object serves in many selects at once", async () => {
    const ch = new Chan<number>();
    const one = recv(ch, (r) => r.value);
    const all = [select([one]), select([one, one]), select([null, one])];
    for (let i = 0; i < 3; i++) ch.trySend(i);
    expect(await Promise.all(all)).toEqual([0, 1, 2]);
  });
});

describe("select meets select", () => {
  it("on an unbuffered channel, whoever comes first", async () => {
    const ch = new Chan<number>();
    const other = new Chan<number>();
    const sending = select([send(ch, 1, () => "sent"), recv(other)]);
    const receiving = select([recv(other), recv(ch, (r) => r.value)]);
    expect(await Promise.all([sending, receiving])).toEqual(["sent", 1]);
    const receivingFirst = select([recv(ch, (r) => r.value), recv(other)]);
    const sendingSecond = select([send(ch, 2, () => "sent"), recv(other)]);
    expect(await Promise.all([receivingFirst, sendingSecond])).toEqual([2, "sent"]);
    expect(watched.waiting).toBe(0);
  });

  it("crosswise over two channels, pairs on exactly one", async () => {
    const x = new Chan<string>();
    const y = new Chan<string>();
    const a = select([send(x, "ax", () => "a sent x"), recv(y, (r) => `a got ${r.value}`)]);
    const b = select([send(y, "by", () => "b sent y"), recv(x, (r) => `b got ${r.value}`)]);
    const outcome = await Promise.all([a, b]);
    expect([
      ["a sent x", "b got ax"],
      ["a got by", "b sent y"],
    ]).toContainEqual(outcome);
    expect([String(x), String(y)]).toEqual(new Array(2).fill("Chan(0 of 0 buffered)"));
  });
});

describe("two selects that share a source", () => {
  it("both get a value when two are there, and neither sleeps on", async () => {
    const shared = new Chan<number>();
    const one = select([recv(shared, (r) => r.value), recv(new Chan())]);
    const two = select([recv(new Chan()), recv(shared, (r) => r.value)]);
    void shared.send(1);
    void shared.send(2);
    expect(await Promise.all([one, two])).toEqual([1, 2]);
  });

  it("one that is served elsewhere leaves the shared value to the other", async () => {
    const shared = new Chan<number>();
    const own = new Chan<number>();
    const one = select([recv(shared), recv(own, (r) => r.value)]);
    const two = select([recv(shared, (r) => r.value)]);
    own.trySend(1);
    shared.trySend(2);
    expect(await one).toBe(1);
    expect(await two).toBe(2);
  });

  it("one that is cancelled leaves the shared value to the other", async () => {
    const shared = new Chan<number>();
    const controller = new AbortController();
    const one = select([recv(shared), recv(new Chan())], controller.signal);
    const two = select([recv(shared, (r) => r.value), recv(new Chan())]);
    controller.abort("stop");
    expect(shared.trySend(2)).toBe(true);
    await expect(one).rejects.toBe("stop");
    expect(await two).toBe(2);
  });
});

describe("handlers", () => {
  it("may be async: the select gives what they resolve to", async () => {
    expect(await select([recv(filled(1), async (r) => (r.value ?? 0) + 1)])).toBe(2);
    const ch = new Chan<number>();
    const chosen = select([recv(ch, async (r) => (r.value ?? 0) + 1)]);
    ch.trySend(5);
    expect(await chosen).toBe(6);
  });

  it("may throw or reject: that is the select's error, and the operation was done all the same", async () => {
    const ch = filled(1, 2);
    const boom = () => {
      throw new Error("boom");
    };
    await expect(select([recv(ch, boom)])).rejects.toThrow("boom");
    await expect(select([recv(ch, async () => boom())])).rejects.toThrow("boom");
    expect(ch.length).toBe(0);
    const waiting = select([recv(ch, boom)]);
    ch.trySend(3);
    await expect(waiting).rejects.toThrow("boom");
  });

  it("run after the choice, never inside the other side's call", async () => {
    const ch = new Chan<number>();
    const events: string[] = [];
    const chosen = select([recv(ch, () => events.push("handler"))]);
    ch.trySend(1);
    events.push("after trySend");
    await chosen;
    expect(events).toEqual(["after trySend", "handler"]);
  });

  it("are not run for a case that was not chosen", async () => {
    const silent = new Chan<number>();
    const chosen = select([recv(silent, () => expect.fail("not chosen")), recv(filled(1), () => "chosen")]);
    expect(await chosen).toBe("chosen");
    await flush();
  });
});

describe("fairness", () => {
  it.each([2, 3, 5])("chooses each of %s ready cases as often (chi-square)", async (n) => {
    const restore = useSeed(20_300_101);
    const counts = new Array<number>(n).fill(0);
    const rounds = 6_000;
    const cases = counts.map((_, i) => recv(closed(), () => i));
    for (let i = 0; i < rounds; i++) counts[(await select(cases)) as number]!++;
    restore();
    // 99.9 % quantiles of chi-square with n - 1 degrees of freedom.
    const quantile = { 2: 10.83, 3: 13.82, 5: 18.47 }[n] as number;
    const expected = rounds / n;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(quantile);
  });

  it("is not bent by cases that are not ready", async () => {
    const restore = useSeed(7);
    const counts = [0, 0];
    const rounds = 6_000;
    const silent = new Chan<number>();
    const cases = [recv(silent), recv(closed(), () => 0), recv(silent), recv(silent), recv(closed(), () => 1)];
    for (let i = 0; i < rounds; i++) counts[(await select(cases)) as number]!++;
    restore();
    const chiSquare = counts.reduce((sum, count) => sum + (count - rounds / 2) ** 2 / (rounds / 2), 0);
    expect(chiSquare).toBeLessThan(10.83);
  });

  it("selectBiased takes the first that is ready, always", async () => {
    for (let i = 0; i < 100; i++) {
      expect(await selectBiased([recv(never, () => 0), recv(closed(), () => 1), recv(closed(), () => 2)])).toBe(1);
    }
  });

  it("selectBiased waits when none is ready", async () => {
    const ch = new Chan<number>();
    const chosen = selectBiased([recv(never), recv(ch, (r) => r.value)]);
    ch.trySend(3);
    expect(await chosen).toBe(3);
  });
});

describe("trySelect", () => {
  it("does a ready case and gives what its handler returns, synchronously", () => {
    expect(trySelect([recv(filled(1), (r) => r.value)], () => "otherwise")).toBe(1);
    expect(trySelect([recv(filled(1))])).toEqual({ value: 1, ok: true });
  });

  it("gives what otherwise returns when none is ready, and arms nothing", () => {
    const ch = new Chan<number>();
    expect(trySelect([recv(ch), send(ch, 1)], () => "otherwise")).toBe("otherwise");
    expect(trySelect([recv(ch)])).toBeUndefined();
    expect(trySelect([], () => "otherwise")).toBe("otherwise");
    expect(String(ch)).toBe("Chan(0 of 0 buffered)");
  });

  it("hands back a handler's promise as it is", async () => {
    const promise = Promise.resolve(1);
    expect(trySelect([recv(filled(1), () => promise)])).toBe(promise);
    const other = Promise.resolve(2);
    expect(trySelect([recv(never)], () => other)).toBe(other);
  });

  it("throws what a handler throws, and ClosedChannelError for a send on a closed channel", () => {
    expect(() => trySelect([recv(filled(1), () => expect.fail("boom"))])).toThrow("boom");
    expect(() => trySelect([send(closed() as Chan<unknown>, 5)])).toThrow(ClosedChannelError);
    expect(() => trySelect([recv(closed("cause"))])).toThrow("cause");
  });

  it("chooses at random among the ready ones", () => {
    const restore = useSeed(1);
    const chosen = new Set(
      Array.from({ length: 50 }, () => trySelect([recv(closed(), () => "a"), recv(closed(), () => "b")])),
    );
    restore();
    expect(chosen).toEqual(new Set(["a", "b"]));
  });
});

describe("misuse is told clearly", () => {
  it("recv and send throw for what is no channel", () => {
    expect(() => recv({} as never)).toThrow("ch: expected a channel to receive from, got an instance of Object");
    expect(() => send("x" as never, 1)).toThrow('ch: expected a channel to send to, got "x"');
  });

  it("select rejects, trySelect throws, for what is no list of cases", async () => {
    await expect(select(recv(never) as never)).rejects.toThrow("cases: expected an array of cases");
    await expect(select([Promise.resolve(1)] as never)).rejects.toThrow("got an instance of Promise");
    await expect(selectBiased([1] as never)).rejects.toThrow(
      "cases: expected recv(...), send(...) or null in each place, got 1",
    );
    expect(() => trySelect("x" as never)).toThrow(TypeError);
  });
});

describe("residue", () => {
  it("100,000 selects that a second channel ends leave the silent channel's queue empty", async () => {
    const silent = new Chan<number>();
    const busy = new Chan<number>();
    for (let i = 0; i < 100_000; i++) {
      const chosen = select([recv(silent), recv(busy)]);
      busy.trySend(i);
      await chosen;
    }
    expect(String(silent)).toBe("Chan(0 of 0 buffered)");
    expect(watched.waiting).toBe(0);
  });
});
