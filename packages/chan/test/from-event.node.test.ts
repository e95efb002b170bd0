import { EventEmitter } from "node:events";
import { countListeners, stateOf, watch } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { fromEvent } from "../src/index.ts";

class Counted extends EventTarget {
  listeners = 0;
  override addEventListener(...args: Parameters<EventTarget["addEventListener"]>): void {
    this.listeners++;
    super.addEventListener(...args);
  }
  override removeEventListener(...args: Parameters<EventTarget["removeEventListener"]>): void {
    this.listeners--;
    super.removeEventListener(...args);
  }
}

describe("fromEvent, of an EventTarget", () => {
  it("delivers the events, and loses nothing in a burst", async () => {
    const target = new Counted();
    const ch = fromEvent(target, "x");
    const events = Array.from({ length: 10_000 }, () => new Event("x"));
    for (const event of events) target.dispatchEvent(event);
    target.dispatchEvent(new Event("y"));
    expect(ch.length).toBe(10_000);
    const got = await ch.recvMany(20_000);
    expect(got.every((event, i) => event === events[i])).toBe(true);
  });

  it("serves those who wait", async () => {
    const target = new Counted();
    const ch = fromEvent(target, "x");
    const received = ch.recv();
    expect(await stateOf(received)).toEqual({ status: "pending" });
    const event = new Event("x");
    target.dispatchEvent(event);
    expect(await received).toEqual({ value: event, ok: true });
  });

  it("leaving a loop takes the listener off and closes the channel; what is held can be received", async () => {
    const target = new Counted();
    const ch = fromEvent(target, "x");
    for (let i = 0; i < 3; i++) target.dispatchEvent(new Event("x"));
    for await (const _event of ch) break;
    expect(target.listeners).toBe(0);
    target.dispatchEvent(new Event("x"));
    expect(ch.length).toBe(2);
    expect(await ch.recvMany(9)).toHaveLength(2);
    expect(await ch.recv()).toEqual({ value: undefined, ok: false });
  });

  it("cancelled, takes the listener off and is closed with the reason", async () => {
    const watched = watch();
    const target = new Counted();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const ch = fromEvent(target, "x", controller.signal);
    const received = ch.recv();
    controller.abort("enough");
    await expect(received).rejects.toBe("enough");
    await expect(ch.recv()).rejects.toBe("enough");
    expect([target.listeners, listeners.now, watched.waiting]).toEqual([0, 0, 0]);
    watched.stop();
  });

  it("cancelled before it began, is closed with the reason and listens to nothing", async () => {
    const target = new Counted();
    const ch = fromEvent(target, "x", AbortSignal.abort("before"));
    expect(target.listeners).toBe(0);
    await expect(ch.recv()).rejects.toBe("before");
  });

  it("does not take an event named error for a failure", async () => {
    const target = new Counted();
    const ch = fromEvent(target, "x");
    target.dispatchEvent(new Event("error"));
    target.dispatchEvent(new Event("x"));
    expect((await ch.recv()).ok).toBe(true);
  });
});

describe("fromEvent, of an EventEmitter", () => {
  it("delivers the arguments of each emit", async () => {
    const emitter = new EventEmitter();
    const ch = fromEvent<[code: number, signal?: string]>(emitter, "exit");
    emitter.emit("exit", 1, "SIGTERM");
    emitter.emit("exit", 0);
    expect(await ch.recvMany(5)).toEqual([[1, "SIGTERM"], [0]]);
  });

  it("an error closes the channel with it, after the events before it, and leaves no listener", async () => {
    const emitter = new EventEmitter();
    const ch = fromEvent(emitter, "data");
    emitter.emit("data", 1);
    const error = new Error("broken");
    emitter.emit("error", error);
    expect(await ch.recv()).toEqual({ value: [1], ok: true });
    await expect(ch.recv()).rejects.toBe(error);
    expect(emitter.eventNames()).toEqual([]);
    expect(() => emitter.emit("error", error)).toThrow(error);
  });

  it("asked for errors, delivers them as events", async () => {
    const emitter = new EventEmitter();
    const ch = fromEvent(emitter, "error");
    emitter.emit("error", "one");
    emitter.emit("error", "two");
    expect(await ch.recvMany(5)).toEqual([["one"], ["two"]]);
  });

  it("leaving a loop and cancelling leave no listener", async () => {
    const emitter = new EventEmitter();
    const name = Symbol("name");
    const controller = new AbortController();
    const cancelled = fromEvent(emitter, name, controller.signal);
    const errors = fromEvent(emitter, "error", controller.signal);
    const left = fromEvent(emitter, name);
    emitter.emit(name, 1);
    for await (const args of left) {
      expect(args).toEqual([1]);
      break;
    }
    controller.abort("enough");
    expect(emitter.eventNames()).toEqual([]);
    expect(await cancelled.recv()).toEqual({ value: [1], ok: true });
    await expect(cancelled.recv()).rejects.toBe("enough");
    await expect(errors.recv()).rejects.toBe("enough");
  });

  it("an emit that is going on when the loop is left reaches nobody any more", async () => {
    const emitter = new EventEmitter();
    const controller = new AbortController();
    emitter.on("x", () => controller.abort("by a listener before"));
    const ch = fromEvent(emitter, "x", controller.signal);
    emitter.emit("x");
    expect(ch.length).toBe(0);
    await expect(ch.recv()).rejects.toBe("by a listener before");
  });
});

describe("fromEvent, of anything else", () => {
  it.each([null, 5, {}, { on() {} }])("%j is refused", (target) => {
    expect(() => fromEvent(target as never, "x")).toThrow(/^target: expected an EventTarget or an EventEmitter, got /);
  });

  it("refuses what cannot cancel, and has listened to nothing then", () => {
    const emitter = new EventEmitter();
    expect(() => fromEvent(emitter, "x", {} as never)).toThrow(TypeError);
    expect(emitter.eventNames()).toEqual([]);
  });
});
