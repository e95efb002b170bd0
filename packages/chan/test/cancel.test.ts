import { countListeners, stateOf, useFakeClock, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Chan, never, recv, select, selectBiased, send, type SignalSource, sleep, Timer } from "../src/index.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
});

const full = () => {
  const ch = new Chan<number>(1);
  ch.trySend(0);
  return ch;
};

// Every call of the package that can wait, in a place where it has to, and one where it would not.
const waits: [string, (cancel: SignalSource) => Promise<unknown>][] = [
  ["send to an unbuffered channel", (cancel) => new Chan<number>().send(1, cancel)],
  ["send to a full channel", (cancel) => full().send(1, cancel)],
  ["recv", (cancel) => new Chan<number>().recv(cancel)],
  ["recvMany", (cancel) => new Chan<number>().recvMany(3, cancel)],
  ["select", (cancel) => select([recv(new Chan()), send(new Chan<number>(), 1)], cancel)],
  ["selectBiased", (cancel) => selectBiased([recv(new Chan()), recv(new Chan())], cancel)],
  ["an empty select", (cancel) => select([], cancel)],
  ["a receive from a timer", (cancel) => new Timer(60_000).c.recv(cancel)],
  ["a receive from the nil channel", (cancel) => never.recv(cancel)],
  ["a send to the nil channel", (cancel) => never.send(1, cancel)],
  ["sleep", (cancel) => sleep(60_000, cancel)],
];
const couldSucceed: [string, (cancel: SignalSource) => Promise<unknown>][] = [
  ["send", (cancel) => new Chan<number>(1).send(1, cancel)],
  ["recv", (cancel) => full().recv(cancel)],
  ["recvMany", (cancel) => full().recvMany(1, cancel)],
  ["select", (cancel) => select([recv(full())], cancel)],
  ["selectBiased", (cancel) => selectBiased([recv(full())], cancel)],
  ["a receive from a timer", (cancel) => new Timer(0).c.recv(cancel)],
  ["sleep", (cancel) => sleep(0, cancel)],
];

describe("C1: a source that is cancelled already rejects first", () => {
  it.each([...couldSucceed, ...waits])("%s", async (_, call) => {
    const reason = { any: "reason" };
    await expect(call(AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(call({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(watched.waiting).toBe(0);
  });

  it("takes no value and sends none", async () => {
    const ch = full();
    await expect(ch.recv(AbortSignal.abort())).rejects.toThrow();
    await expect(select([recv(ch)], AbortSignal.abort())).rejects.toThrow();
    expect(ch.length).toBe(1);
    const empty = new Chan<number>(1);
    await expect(empty.send(1, AbortSignal.abort())).rejects.toThrow();
    expect(empty.length).toBe(0);
  });
});

describe("a cancelled wait rejects with the source's own reason, and leaves no trace (C3)", () => {
  it.each(waits)("%s", async (_, call) => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const promise = call(controller.signal);
    expect(watched.waiting).toBe(1);
    expect(listeners.now).toBe(1);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(promise).rejects.toBe(reason);
    expect(watched.waiting).toBe(0);
    expect(listeners.now).toBe(0);
  });

  it("takes the call off the channel's queue", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    const calls = [ch.recv(controller.signal), ch.recv(), ch.recv(controller.signal)];
    controller.abort("stop");
    await expect(calls[0]).rejects.toBe("stop");
    await expect(calls[2]).rejects.toBe("stop");
    expect(String(ch)).toBe("Chan(0 of 0 buffered, 1 receiving)");
    ch.trySend(7);
    expect(await calls[1]).toEqual({ value: 7, ok: true });
  });

  it("a call that was served has let go of its signal", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const received = ch.recv(controller.signal);
    ch.trySend(1);
    await received;
    expect(listeners.now).toBe(0);
    const chosen = select([recv(ch), recv(new Chan())], controller.signal);
    ch.trySend(2);
    await chosen;
    expect(listeners.now).toBe(0);
    const closed = ch.recv(controller.signal);
    ch.close();
    await closed;
    expect(listeners).toEqual({ now: 0, most: 1 });
  });
});

describe("C2: the first transition wins", () => {
  it("a value granted in the same tick as the abort stays granted", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    const received = ch.recv(controller.signal);
    expect(ch.trySend(1)).toBe(true);
    controller.abort("too late");
    expect(await received).toEqual({ value: 1, ok: true });
  });

  it("an abort in the same tick before the send leaves the value to the next receiver", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    const first = ch.recv(controller.signal);
    const second = ch.recv();
    controller.abort("first");
    expect(ch.trySend(1)).toBe(true);
    await expect(first).rejects.toBe("first");
    expect(await second).toEqual({ value: 1, ok: true });
  });

  it("a send taken back by an abort is never received", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    const sending = ch.send(1, controller.signal);
    controller.abort("back");
    expect(ch.tryRecv()).toBeUndefined();
    await expect(sending).rejects.toBe("back");
  });

  it("an abort after close changes nothing", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    const received = ch.recv(controller.signal);
    ch.close();
    controller.abort("too late");
    expect(await received).toEqual({ value: undefined, ok: false });
  });

  it("an abort listener that serves the very call being aborted gets it done", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    controller.signal.addEventListener("abort", () => ch.trySend(1));
    const received = ch.recv(controller.signal);
    controller.abort("second");
    expect(await received).toEqual({ value: 1, ok: true });
  });

  it("a call that begins inside the abort event is refused, not missed", async () => {
    const controller = new AbortController();
    const ch = new Chan<number>();
    let inside: Promise<unknown> | undefined;
    controller.signal.addEventListener("abort", () => {
      inside = ch.recv(controller.signal);
    });
    controller.abort("now");
    await expect(inside).rejects.toBe("now");
    expect(watched.waiting).toBe(0);
  });
});

describe("C4: leaving a queue lets the next one go on", () => {
  it("a cancelled sender lets the sender behind it in", async () => {
    const ch = full();
    const controller = new AbortController();
    const first = ch.send(1, controller.signal);
    const second = ch.send(2);
    controller.abort("gone");
    expect(await ch.recv()).toEqual({ value: 0, ok: true });
    await second;
    expect(ch.length).toBe(1);
    await expect(first).rejects.toBe("gone");
  });

  it("a cancelled receiver of a timer leaves the timer to the next", async () => {
    const clock = useFakeClock();
    const controller = new AbortController();
    const { c } = new Timer(1);
    const first = c.recv(controller.signal);
    const second = c.recv();
    controller.abort("gone");
    await expect(first).rejects.toBe("gone");
    await clock.advance(1);
    expect((await second).ok).toBe(true);
    clock.restore();
  });
});

describe("5,000 waiters on one signal", () => {
  it("share one listener, and leave none behind", async () => {
    const ch = new Chan<number>();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const all = Array.from({ length: 5_000 }, (_, i) =>
      i % 2 === 0 ? ch.recv(controller.signal) : select([recv(ch), recv(new Chan())], controller.signal),
    );
    expect(listeners).toEqual({ now: 1, most: 1 });
    expect(ch.trySend(1)).toBe(true);
    controller.abort("all");
    const states = await Promise.allSettled(all);
    expect(states.filter((s) => s.status === "rejected" && s.reason === "all")).toHaveLength(4_999);
    expect(listeners.now).toBe(0);
    expect(watched.waiting).toBe(0);
    expect(String(ch)).toBe("Chan(0 of 0 buffered)");
  });
});

describe("what is no source", () => {
  it.each([null, 1, "x", {}, { signal: 1 }, { signal: {} }])(
    "%j makes the call reject with a TypeError",
    async (bad) => {
      const promise = new Chan<number>(1).send(1, bad as never);
      await expect(promise).rejects.toThrow(TypeError);
      await expect(select([], bad as never)).rejects.toThrow(/^cancel: expected an AbortSignal/);
      await expect(sleep(1, bad as never)).rejects.toThrow(TypeError);
    },
  );

  it("undefined means that the wait cannot be cancelled", async () => {
    expect(await stateOf(new Chan().recv(undefined))).toEqual({ status: "pending" });
  });
});
