import { flush, stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { Chan, never, Timer } from "../src/index.ts";

const filled = (...values: number[]) => {
  const ch = new Chan<number>(values.length);
  for (const value of values) ch.trySend(value);
  return ch;
};

describe("recvMany", () => {
  it("takes what is there, up to max, without waiting for more", async () => {
    const ch = filled(1, 2, 3);
    expect(await ch.recvMany(2)).toEqual([1, 2]);
    expect(await ch.recvMany(9)).toEqual([3]);
  });

  it("takes what is there inside the call", () => {
    const ch = filled(1, 2, 3);
    void ch.recvMany(2);
    expect(ch.length).toBe(1);
  });

  it("takes what waiting senders bring too, in order", async () => {
    const ch = filled(1);
    const sends = [ch.send(2), ch.send(3), ch.send(4)];
    expect(await ch.recvMany(3)).toEqual([1, 2, 3]);
    await sends[0];
    await sends[1];
    expect(ch.length).toBe(1);
  });

  it("waits for the first value only", async () => {
    const ch = new Chan<number>(4);
    const many = ch.recvMany(3);
    expect(await stateOf(many)).toEqual({ status: "pending" });
    ch.trySend(1);
    ch.trySend(2);
    expect(await many).toEqual([1, 2]);
  });

  it("is empty when the channel is closed and drained", async () => {
    const ch = filled(1, 2);
    ch.close();
    expect(await ch.recvMany(5)).toEqual([1, 2]);
    expect(await ch.recvMany(5)).toEqual([]);
    const open = new Chan<number>();
    const many = open.recvMany(5);
    open.close();
    expect(await many).toEqual([]);
  });

  it("gives the values in hand before the cause", async () => {
    const ch = filled(1);
    ch.close("cause");
    expect(await ch.recvMany(5)).toEqual([1]);
    await expect(ch.recvMany(5)).rejects.toBe("cause");
  });

  it.each([0, -1, 1.5, Number.NaN])("rejects max = %s with a RangeError", async (max) => {
    await expect(filled(1).recvMany(max)).rejects.toThrow(/^max: expected a whole number >= 1, got /);
    await expect(never.recvMany(max)).rejects.toThrow(RangeError);
  });

  it("cancelled, takes nothing", async () => {
    const ch = new Chan<number>(4);
    const controller = new AbortController();
    const many = ch.recvMany(3, controller.signal);
    controller.abort("stop");
    ch.trySend(1);
    await expect(many).rejects.toBe("stop");
    expect(ch.length).toBe(1);
  });

  it("works on a timer's channel, and waits for ever on the nil channel", async () => {
    expect(await new Timer(0).c.recvMany(3)).toHaveLength(1);
    expect(await stateOf(never.recvMany(1))).toEqual({ status: "pending" });
    await flush();
  });
});
