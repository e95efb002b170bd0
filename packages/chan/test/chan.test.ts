import { flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Chan, ClosedChannelError, never, recv, select, send } from "../src/index.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const pending = { status: "pending" };
const value = (v: unknown) => ({ status: "fulfilled", value: { value: v, ok: true } });
const sent = { status: "fulfilled", value: undefined };

describe("capacity", () => {
  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1" as never])(
    "refuses %s with a RangeError that says so",
    (bad) => {
      expect(() => new Chan(bad)).toThrow(RangeError);
      expect(() => new Chan(bad)).toThrow(/^capacity: expected a whole number >= 0, got /);
    },
  );

  it("is 0 when it is not given", () => {
    expect(new Chan().capacity).toBe(0);
  });

  it("costs nothing until values come, however great", () => {
    const ch = new Chan<number>(Number.MAX_SAFE_INTEGER);
    expect(ch.trySend(1)).toBe(true);
    expect(ch.length).toBe(1);
  });
});

describe("the operations table: a nil channel", () => {
  it("close throws", () => {
    expect(() => never.close()).toThrow("close of nil channel");
  });

  it("send waits for ever", async () => {
    expect(await stateOf(never.send(1))).toEqual(pending);
  });

  it("receive waits for ever", async () => {
    expect(await stateOf(never.recv())).toEqual(pending);
  });
});

describe("the operations table: a closed channel", () => {
  it.each([0, 2])("a second close throws (capacity %s)", (capacity) => {
    const ch = new Chan<number>(capacity);
    ch.close();
    expect(() => ch.close()).toThrow(ClosedChannelError);
    expect(() => ch.close()).toThrow("close of closed channel");
  });

  it.each([0, 2])("send rejects and hands the unsent value back (capacity %s)", async (capacity) => {
    const ch = new Chan<string>(capacity);
    ch.close();
    const error = await ch.send("unsent").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ClosedChannelError);
    expect(error).toMatchObject({
      name: "ClosedChannelError",
      code: "ERR_CHANNEL_CLOSED",
      message: "send on closed channel",
      value: "unsent",
    });
    expect(error).not.toHaveProperty("cause");
  });

  it("trySend throws what send rejects with", () => {
    const ch = new Chan<string>(1);
    ch.close("why");
    expect(() => ch.trySend("unsent")).toThrow(expect.objectContaining({ value: "unsent", cause: "why" }));
  });

  it("receive drains the buffer and then gives the end, again and again", async () => {
    const ch = new Chan<number>(2);
    await ch.send(1);
    await ch.send(2);
    ch.close();
    expect(await ch.recv()).toEqual({ value: 1, ok: true });
    expect(ch.tryRecv()).toEqual({ value: 2, ok: true });
    expect(await ch.recv()).toEqual({ value: undefined, ok: false });
    expect(ch.tryRecv()).toEqual({ value: undefined, ok: false });
  });

  it("receive drains the buffer and then rejects with the cause, if closed with one", async () => {
    const ch = new Chan<number>(1);
    const cause = new Error("the producer failed");
    await ch.send(1);
    ch.close(cause);
    expect(await ch.recv()).toEqual({ value: 1, ok: true });
    await expect(ch.recv()).rejects.toBe(cause);
    expect(() => ch.tryRecv()).toThrow(cause);
  });

  it("close ends every waiting receive, in order", async () => {
    const ch = new Chan<number>();
    const order: number[] = [];
    const all = [0, 1, 2].map((i) => ch.recv().then((r) => order.push(i) && r));
    ch.close();
    expect(await Promise.all(all)).toEqual(new Array(3).fill({ value: undefined, ok: false }));
    expect(order).toEqual([0, 1, 2]);
    expect(watched.waiting).toBe(0);
  });

  it("close with a cause rejects every waiting receive with it", async () => {
    const ch = new Chan<number>();
    const all = [ch.recv(), ch.recv()];
    ch.close("cause");
    for (const one of all) await expect(one).rejects.toBe("cause");
    expect(watched.waiting).toBe(0);
  });

  it.each([0, 1])(
    "close rejects every waiting send with its own value and the cause (capacity %s)",
    async (capacity) => {
      const ch = new Chan<string>(capacity);
      if (capacity > 0) await ch.send("buffered");
      const all = [ch.send("a"), ch.send("b")];
      ch.close("cause");
      await expect(all[0]).rejects.toMatchObject({ value: "a", cause: "cause" });
      await expect(all[1]).rejects.toMatchObject({ value: "b", cause: "cause" });
      expect(watched.waiting).toBe(0);
      expect(ch.length).toBe(capacity);
    },
  );

  it("each refused send gets an error of its own", async () => {
    const ch = new Chan<number>();
    const all = [ch.send(1), ch.send(2)];
    ch.close();
    const [a, b] = await Promise.all(all.map((p) => p.catch((e: unknown) => e)));
    expect(a).not.toBe(b);
    expect((a as Error).stack).toContain("chan.test");
  });
});

describe("the operations table: an open channel", () => {
  it("close succeeds, once", () => {
    const ch = new Chan();
    expect(ch.close()).toBeUndefined();
    expect(() => ch.close()).toThrow();
  });

  it("without capacity, a send that comes first waits for its receive", async () => {
    const ch = new Chan<string>();
    const send = ch.send("x");
    expect(await stateOf(send)).toEqual(pending);
    expect(await ch.recv()).toEqual({ value: "x", ok: true });
    expect(await stateOf(send)).toEqual(sent);
  });

  it("without capacity, a receive that comes first waits for its send", async () => {
    const ch = new Chan<string>();
    const received = ch.recv();
    expect(await stateOf(received)).toEqual(pending);
    await ch.send("x");
    expect(await stateOf(received)).toEqual(value("x"));
  });

  it("with room, a send completes at once and a receive takes it at once", async () => {
    const ch = new Chan<string>(1);
    await ch.send("x");
    expect(ch.length).toBe(1);
    expect(await ch.recv()).toEqual({ value: "x", ok: true });
    expect(ch.length).toBe(0);
  });

  it("without room, a send waits until a receive makes room", async () => {
    const ch = new Chan<string>(1);
    await ch.send("a");
    const second = ch.send("b");
    expect(await stateOf(second)).toEqual(pending);
    expect(await ch.recv()).toEqual({ value: "a", ok: true });
    expect(await stateOf(second)).toEqual(sent);
    expect(ch.length).toBe(1);
    expect(await ch.recv()).toEqual({ value: "b", ok: true });
  });

  it("a receiver that waits on a buffered channel is woken by a send", async () => {
    const ch = new Chan<string>(3);
    const received = ch.recv();
    await ch.send("x");
    expect(await stateOf(received)).toEqual(value("x"));
    expect(ch.length).toBe(0);
  });

  it("trySend is false where a send would wait, and leaves nothing behind", async () => {
    const unbuffered = new Chan<number>();
    expect(unbuffered.trySend(1)).toBe(false);
    expect(unbuffered.tryRecv()).toBeUndefined();
    const full = new Chan<number>(1);
    expect(full.trySend(1)).toBe(true);
    expect(full.trySend(2)).toBe(false);
    expect(full.length).toBe(1);
  });

  it("trySend serves a waiting receive, tryRecv a waiting send", async () => {
    const ch = new Chan<number>();
    const received = ch.recv();
    expect(ch.trySend(1)).toBe(true);
    expect(await received).toEqual({ value: 1, ok: true });
    const sending = ch.send(2);
    expect(ch.tryRecv()).toEqual({ value: 2, ok: true });
    await sending;
  });

  it("the transition is made inside the call, before anything is awaited", () => {
    const ch = new Chan<number>(1);
    void ch.send(1);
    expect(ch.length).toBe(1);
    void ch.recv();
    expect(ch.length).toBe(0);
  });
});

describe("order", () => {
  it("values leave in the order their sends were called, through the buffer and the queue of senders", async () => {
    const ch = new Chan<number>(3);
    for (let i = 0; i < 10; i++) void ch.send(i);
    const got: unknown[] = [];
    for (let i = 0; i < 10; i++) got.push((await ch.recv()).value);
    expect(got).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("receivers are served first come, first served", async () => {
    const ch = new Chan<number>();
    const all = Array.from({ length: 5 }, () => ch.recv());
    for (let i = 0; i < 5; i++) ch.trySend(i);
    expect((await Promise.all(all)).map((r) => r.value)).toEqual([0, 1, 2, 3, 4]);
  });

  it("does not lose the 1,025th waiter, or the 5,000th", async () => {
    const ch = new Chan<number>();
    const all = Array.from({ length: 5_000 }, () => ch.recv());
    for (let i = 0; i < 5_000; i++) expect(ch.trySend(i)).toBe(true);
    expect((await Promise.all(all)).map((r) => r.value)).toEqual(Array.from({ length: 5_000 }, (_, i) => i));
  });

  it("any value comes out as it went in: undefined, null, NaN, errors, promises, thenables", async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- a value that looks like a promise is the point
    const thenable = { then: () => expect.fail("was taken for a promise") };
    const promise = Promise.resolve("inner");
    const values = [undefined, null, Number.NaN, new Error("a value"), promise, thenable, false, ""];
    for (const capacity of [0, values.length]) {
      const ch = new Chan<unknown>(capacity);
      for (const one of values) void ch.send(one);
      for (const one of values) expect((await ch.recv()).value).toBe(one);
    }
  });
});

describe("what a channel looks like", () => {
  it("says what it holds and who waits", async () => {
    const ch = new Chan<number>(2, { name: "jobs" });
    expect(String(ch)).toBe('Chan("jobs", 0 of 2 buffered)');
    const receive = ch.recv();
    expect(String(ch)).toBe('Chan("jobs", 0 of 2 buffered, 1 receiving)');
    await Promise.all([ch.send(0), receive, ch.send(1), ch.send(2)]);
    const third = ch.send(3);
    expect(String(ch)).toBe('Chan("jobs", 2 of 2 buffered, 1 sending)');
    ch.close();
    await expect(third).rejects.toThrow();
    expect(String(ch)).toBe('Chan("jobs", 2 of 2 buffered, closed)');
  });

  it("console.log shows the same", () => {
    const ch = new Chan();
    expect((ch as never)[Symbol.for("nodejs.util.inspect.custom") as never]).toBeTypeOf("function");
    expect((ch as unknown as Record<symbol, () => string>)[Symbol.for("nodejs.util.inspect.custom")]?.()).toBe(
      String(ch),
    );
  });
});

describe("one select that both sends and receives on one unbuffered channel", () => {
  it("is the one waiter on both queues, never pairs with itself, and leaves both when served", async () => {
    const ch = new Chan<string>();
    const chosen = select([recv(ch, (r) => r.value), send(ch, "own", () => "sent")]);
    await flush();
    expect(String(ch)).toBe("Chan(0 of 0 buffered, 1 receiving, 1 sending)");
    expect(ch.tryRecv()).toEqual({ value: "own", ok: true });
    expect(await chosen).toBe("sent");
    expect(String(ch)).toBe("Chan(0 of 0 buffered)");
  });
});
