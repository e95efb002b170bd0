import { flush, stateOf, watch } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { Chan, from, toReadableStream } from "../src/index.ts";

const filled = (...values: unknown[]) => {
  const ch = new Chan<unknown>(values.length);
  for (const value of values) ch.trySend(value);
  return ch;
};

describe("toReadableStream", () => {
  it("gives what the channel delivers, then ends", async () => {
    const ch = filled(1, undefined, 3);
    ch.close();
    const got: unknown[] = [];
    for await (const value of toReadableStream(ch)) got.push(value);
    expect(got).toEqual([1, undefined, 3]);
  });

  it("receives when it is read, and nothing ahead", async () => {
    const ch = filled(1, 2, 3);
    const reader = toReadableStream(ch).getReader();
    await flush();
    expect(ch.length).toBe(3);
    expect(await reader.read()).toEqual({ value: 1, done: false });
    await flush();
    expect(ch.length).toBe(2);
  });

  it("a read waits for a send, and a send for a read", async () => {
    const ch = new Chan<number>();
    const reader = toReadableStream(ch).getReader();
    const sending = ch.send(1);
    await flush();
    expect(await stateOf(sending)).toEqual({ status: "pending" });
    expect((await reader.read()).value).toBe(1);
    await sending;
    const reading = reader.read();
    await flush();
    await ch.send(2);
    expect((await reading).value).toBe(2);
  });

  it("errors with the cause of the close, after what was buffered", async () => {
    const ch = filled(1);
    ch.close("cause");
    const reader = toReadableStream(ch).getReader();
    expect((await reader.read()).value).toBe(1);
    await expect(reader.read()).rejects.toBe("cause");
  });

  it("cancelled, gives its receive back and leaves the channel to others", async () => {
    const watched = watch();
    const ch = new Chan<number>(1);
    const reader = toReadableStream(ch).getReader();
    const reading = reader.read();
    await flush();
    expect(String(ch)).toBe("Chan(0 of 1 buffered, 1 receiving)");
    await reader.cancel("enough");
    expect(await reading).toEqual({ value: undefined, done: true });
    expect(String(ch)).toBe("Chan(0 of 1 buffered)");
    await ch.send(1);
    expect(ch.length).toBe(1);
    expect(watched.waiting).toBe(0);
    watched.stop();
  });

  it("cancelled in the tick in which its receive was served, does not fail", async () => {
    const ch = new Chan<number>();
    const reader = toReadableStream(ch).getReader();
    const reading = reader.read();
    await flush();
    ch.trySend(1);
    await reader.cancel("enough");
    expect(await reading).toEqual({ value: undefined, done: true });
    await flush();
  });

  it("cancelled, ends the source of a channel that was made by from", async () => {
    const log: string[] = [];
    const source = (function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        log.push("ended");
      }
    })();
    const reader = toReadableStream(from(source)).getReader();
    await reader.read();
    await reader.cancel();
    expect(log).toEqual(["ended"]);
  });
});
