import { flush, stateOf, watch } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { Chan, from, toReadableStream, toWritableStream } from "../src/index.ts";

describe("toWritableStream", () => {
  it("sends what is written, in order, and closing it closes the channel", async () => {
    const ch = new Chan<number>();
    const writer = toWritableStream(ch).getWriter();
    const written = [writer.write(1), writer.write(2), writer.close()];
    const got: number[] = [];
    for await (const value of ch) got.push(value);
    expect(got).toEqual([1, 2]);
    await Promise.all(written);
  });

  it("a slow receiver slows the writer down", async () => {
    const ch = new Chan<number>();
    const writer = toWritableStream(ch).getWriter();
    await writer.ready;
    const written = writer.write(1);
    await flush();
    expect(await stateOf(writer.ready)).toEqual({ status: "pending" });
    expect(await stateOf(written)).toEqual({ status: "pending" });
    expect((await ch.recv()).value).toBe(1);
    await writer.ready;
    await written;
  });

  it("aborted, takes a blocked write back and closes the channel with the reason", async () => {
    const watched = watch();
    const ch = new Chan<number>();
    const writer = toWritableStream(ch).getWriter();
    const written = writer.write(1);
    const behind = writer.write(2);
    await flush();
    expect(String(ch)).toBe("Chan(0 of 0 buffered, 1 sending)");
    const states = Promise.allSettled([written, behind, writer.closed]);
    await writer.abort("enough");
    for (const one of await states) expect(one).toEqual({ status: "rejected", reason: "enough" });
    expect(String(ch)).toBe("Chan(0 of 0 buffered, closed)");
    await expect(ch.recv()).rejects.toBe("enough");
    expect(watched.waiting).toBe(0);
    watched.stop();
  });

  it("aborted without a reason, does not look like a regular end", async () => {
    const ch = new Chan<number>();
    const writer = toWritableStream(ch).getWriter();
    writer.closed.catch(() => {});
    await writer.abort();
    await expect(ch.recv()).rejects.toThrow("failed with undefined");
  });

  it("errors when others have closed the channel", async () => {
    const ch = new Chan<number>();
    const writer = toWritableStream(ch).getWriter();
    writer.closed.catch(() => {});
    ch.close("cause");
    await expect(writer.write(1)).rejects.toMatchObject({ name: "ClosedChannelError", value: 1, cause: "cause" });
  });
});

describe("both ways", () => {
  it("a pipe carries everything through two channels, however small", async () => {
    const values = Array.from({ length: 1_000 }, (_, i) => i);
    const ch = new Chan<number>(2);
    const piped = toReadableStream(from(values)).pipeTo(toWritableStream(ch));
    const got: number[] = [];
    for await (const value of ch) got.push(value);
    await piped;
    expect(got).toEqual(values);
  });

  it("an error at the source comes out at the end of the pipe", async () => {
    const failing = async function* () {
      yield 1;
      throw "broken";
    };
    const ch = new Chan<number>();
    const piped = toReadableStream(from(failing())).pipeTo(toWritableStream(ch));
    const got: number[] = [];
    const loop = (async () => {
      for await (const value of ch) got.push(value);
    })();
    await expect(piped).rejects.toBe("broken");
    await expect(loop).rejects.toBe("broken");
    expect(got).toEqual([1]);
  });
});
