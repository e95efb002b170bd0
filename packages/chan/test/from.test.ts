import { countListeners, flush, stateOf, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Chan, from, MisuseError, recv, select, sleep, trySelect } from "../src/index.ts";

let watched: Watch & { stop(): void };
beforeEach(() => {
  watched = watch();
});
afterEach(() => {
  watched.stop();
  if (watched.waiting > 0) throw new Error(`${watched.waiting} calls were left waiting`);
});

const pending = { status: "pending" };

/** Counts what is read of it, and says how it ended. */
function counted(values: readonly unknown[], log: string[]) {
  return (function* () {
    try {
      for (const value of values) {
        log.push(`read ${String(value)}`);
        yield value;
      }
      log.push("end");
    } finally {
      log.push("closed");
    }
  })();
}

async function* later(values: readonly unknown[], log: string[]) {
  for (const value of counted(values, log)) {
    await Promise.resolve();
    yield value;
  }
}

function stream(values: readonly unknown[], log: string[]) {
  const iterator = values[Symbol.iterator]();
  return new ReadableStream<unknown>(
    {
      pull(controller) {
        const { value, done } = iterator.next();
        log.push(done ? "end" : `read ${String(value)}`);
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        log.push(`cancelled: ${String(reason)}`);
      },
    },
    { highWaterMark: 0 },
  );
}

describe.each([
  ["an iterable", counted],
  ["an async iterable", later],
  ["a ReadableStream", stream],
])("from %s", (_, make) => {
  it("delivers everything in order, then is closed", async () => {
    const got: unknown[] = [];
    for await (const value of from<unknown>(make([1, 2, 3], []))) got.push(value);
    expect(got).toEqual([1, 2, 3]);
    const ch = from<unknown>(make([], []));
    expect(await ch.recv()).toEqual({ value: undefined, ok: false });
    expect(await ch.recv()).toEqual({ value: undefined, ok: false });
  });

  it("reads no value that nobody wants, and one at a time", async () => {
    const log: string[] = [];
    const ch = from<unknown>(make([1, 2, 3], log));
    await flush();
    expect(log).toEqual([]);
    expect(await ch.recv()).toEqual({ value: 1, ok: true });
    await flush();
    expect(log).toEqual(["read 1"]);
    const both = [ch.recv(), ch.recv()];
    expect(await Promise.all(both)).toEqual([
      { value: 2, ok: true },
      { value: 3, ok: true },
    ]);
    expect(log).toEqual(["read 1", "read 2", "read 3"]);
    await ch.recv();
  });

  it("carries undefined and null as values", async () => {
    const ch = from<unknown>(make([undefined, null, 0], []));
    expect([await ch.recv(), await ch.recv(), await ch.recv()]).toEqual(
      [undefined, null, 0].map((value) => ({ value, ok: true })),
    );
    expect((await ch.recv()).ok).toBe(false);
  });

  it("leaving a loop over it ends the source, and closes the channel", async () => {
    const log: string[] = [];
    const ch = from<unknown>(make([1, 2, 3], log));
    for await (const value of ch) {
      expect(value).toBe(1);
      break;
    }
    expect(log).toHaveLength(2);
    expect(log[1]).toMatch(/^(closed|cancelled: undefined)$/);
    expect(await ch.recv()).toEqual({ value: undefined, ok: false });
  });

  it("cancelled, is closed with the reason and ends the source", async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const ch = from<unknown>(make([1, 2], log), controller.signal);
    await ch.recv();
    controller.abort("enough");
    await expect(ch.recv()).rejects.toBe("enough");
    await flush();
    expect(log[1]).toMatch(/^(closed|cancelled: enough)$/);
    expect(listeners.now).toBe(0);
  });

  it("cancelled before it began, is closed with the reason", async () => {
    const log: string[] = [];
    const ch = from<unknown>(make([1, 2], log), AbortSignal.abort("before"));
    await expect(ch.recv()).rejects.toBe("before");
    await flush();
    expect(log.filter((line) => line.startsWith("read"))).toEqual([]);
  });

  it("has let go of its signal when the source has ended", async () => {
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    for await (const _value of from<unknown>(make([1], []), controller.signal));
    expect(listeners).toEqual({ now: 0, most: 1 });
  });

  it("stands in a select, and a value that comes after the select was served elsewhere is held", async () => {
    const ch = from<unknown>(make([1, 2], []));
    const quick = from(["quick"]);
    const chosen = await select([recv(ch, (r) => r.value), recv(quick, (r) => r.value)]);
    const rest = chosen === 1 ? quick : ch;
    expect((await rest.recv()).value).toBe(chosen === 1 ? "quick" : 1);
    await flush();
    expect(trySelect([recv(ch)], () => "none")).toBeDefined();
    for await (const _value of ch);
  });

  it("a receive that is cancelled loses no value", async () => {
    const ch = from<unknown>(make([1], []));
    const controller = new AbortController();
    const received = ch.recv(controller.signal);
    controller.abort("gone");
    const got = await stateOf(received);
    await flush();
    const next = await ch.recv();
    expect([got, next]).toContainEqual(
      got.status === "rejected" ? { value: 1, ok: true } : { status: "fulfilled", value: { value: 1, ok: true } },
    );
  });
});

describe("from", () => {
  it("gives a sync iterable's values to tryRecv and recvMany at once", async () => {
    const ch = from([1, 2, 3, 4]);
    expect(ch.tryRecv()).toEqual({ value: 1, ok: true });
    expect(await ch.recvMany(2)).toEqual([2, 3]);
    expect(ch.length).toBe(0);
    expect(String(ch)).toBe("Chan(0 of 1 buffered)");
    expect(await ch.recvMany(9)).toEqual([4]);
    expect(ch.tryRecv()).toEqual({ value: undefined, ok: false });
  });

  it("is for its source alone to send to and to close", async () => {
    const ch = from([1]) as Chan<number>;
    expect(() => ch.trySend(2)).toThrow(new MisuseError("send to or close of a receive-only channel"));
    expect(() => ch.close()).toThrow(MisuseError);
    await expect(ch.send(2)).rejects.toThrow(MisuseError);
    expect(await ch.recvMany(9)).toEqual([1]);
  });

  it("passes promises of a sync iterable as they are", async () => {
    const promise = Promise.resolve(1);
    expect((await from([promise]).recv()).value).toBe(promise);
  });

  it("an error of the source is the channel's cause, after the values before it", async () => {
    const failing = async function* () {
      yield 1;
      throw "broken";
    };
    const ch = from(failing());
    expect(await ch.recv()).toEqual({ value: 1, ok: true });
    await expect(ch.recv()).rejects.toBe("broken");
    expect(() => ch.tryRecv()).toThrow("broken");
    await expect(ch[Symbol.asyncIterator]().next()).rejects.toBe("broken");
  });

  it("an error of a sync source is the cause too, and one of a stream", async () => {
    const failing = function* () {
      yield 1;
      throw "broken";
    };
    const ch = from(failing());
    expect(await ch.recvMany(5)).toEqual([1]);
    await expect(ch.recv()).rejects.toBe("broken");
    const broken = new ReadableStream<number>({ start: (controller) => controller.error("broken") });
    await expect(from(broken).recv()).rejects.toBe("broken");
  });

  it("a failure with undefined does not look like a regular end", async () => {
    const failing = function* () {
      yield* [];
      throw undefined;
    };
    await expect(from(failing()).recv()).rejects.toThrow("failed with undefined");
  });

  it("cancels a stream whose read is waiting", async () => {
    const log: string[] = [];
    const silent = new ReadableStream<number>({ cancel: (reason) => void log.push(`cancelled: ${String(reason)}`) });
    const controller = new AbortController();
    const ch = from(silent, controller.signal);
    const received = ch.recv();
    controller.abort("enough");
    await expect(received).rejects.toBe("enough");
    expect(log).toEqual(["cancelled: enough"]);
    expect(silent.locked).toBe(false);
  });

  it("leaving a loop does not wait for a source that another receiver hangs in", async () => {
    const silent = (async function* () {
      yield 1;
      await new Promise(() => {});
    })();
    const ch = from(silent);
    for await (const _value of ch) {
      void ch.recv();
      break;
    }
    expect(await ch.recv()).toEqual({ value: undefined, ok: false });
  });

  it("leaving a loop waits for the clean-up, and an error of the clean-up reaches the loop", async () => {
    const cleaned: string[] = [];
    const slow = async function* () {
      try {
        yield 1;
      } finally {
        await sleep(1);
        cleaned.push("cleaned");
      }
    };
    for await (const _value of from(slow())) break;
    expect(cleaned).toEqual(["cleaned"]);
    const fail = () => {
      throw "in the clean-up";
    };
    const failing = function* () {
      try {
        yield 1;
      } finally {
        fail();
      }
    };
    const loop = (async () => {
      for await (const _value of from(failing())) break;
    })();
    await expect(loop).rejects.toBe("in the clean-up");
  });

  it("on a cancel, an error of the clean-up gives way to the reason", async () => {
    const failing = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<number>>(() => {}),
        return: () => Promise.reject(new Error("in the clean-up")),
      }),
    };
    const controller = new AbortController();
    const ch = from(failing, controller.signal);
    const received = ch.recv();
    controller.abort("enough");
    await expect(received).rejects.toBe("enough");
    await flush();
  });

  it("drops what a source gives after it was ended", async () => {
    let answer: (result: IteratorResult<number>) => void = () => {};
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          new Promise<IteratorResult<number>>((resolve) => {
            answer = resolve;
          }),
      }),
    };
    const controller = new AbortController();
    const ch = from(source, controller.signal);
    const received = ch.recv();
    controller.abort("enough");
    answer({ value: 1, done: false });
    await expect(received).rejects.toBe("enough");
    await flush();
    expect(ch.length).toBe(0);
  });

  it("waits for a source that takes its time", async () => {
    let answer: (value: number) => void = () => {};
    const ch = from(
      (async function* () {
        yield await new Promise<number>((resolve) => {
          answer = resolve;
        });
      })(),
    );
    const received = ch.recv();
    expect(await stateOf(received)).toEqual(pending);
    answer(5);
    expect(await received).toEqual({ value: 5, ok: true });
  });

  it("refuses what is no source, and what cannot cancel", () => {
    expect(() => from(5 as never)).toThrow(
      "source: expected an iterable, an async iterable or a ReadableStream, got 5",
    );
    expect(() => from(null as never)).toThrow(TypeError);
    const log: string[] = [];
    expect(() => from(counted([1], log), 5 as never)).toThrow(/^cancel: expected an AbortSignal/);
    expect(log).toEqual([]);
  });
});
