/* On the real clock, and asserting order only: who was served before whom. */
import { runtime } from "@conc/internal";
import { createServer, connect } from "node:net";
import { once } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Chan, recv, select, selectBiased, send, sleep, Timer, yieldNow } from "../src/index.ts";

// Much work on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const { budget } = runtime.turn;
afterEach(() => {
  runtime.turn.budget = budget;
});

// A task that would go on for ever stops after this many steps, about a second: then the test fails and does not hang.
const forEver = 3_000_000;

/** Runs `step` until a timer of 1 ms has been served. False if that never happened. */
async function letsATimerIn(step: () => Promise<unknown>): Promise<boolean> {
  let served = false;
  const timer = setTimeout(() => {
    served = true;
  }, 1);
  for (let i = 0; i < forEver && !served; i++) await step();
  clearTimeout(timer);
  return served;
}

const closed = (cause?: unknown) => {
  const ch = new Chan<number>();
  ch.close(cause);
  return ch;
};

describe("work that never leaves the microtask queue gives up its turn", () => {
  it("two tasks that play ping-pong for ever do not starve a 1 ms timer", async () => {
    const ping = new Chan<number>();
    const pong = new Chan<number>();
    const other = (async () => {
      for await (const ball of ping) await pong.send(ball);
    })();
    const step = async () => {
      await ping.send(1);
      await pong.recv();
    };
    expect(await letsATimerIn(step)).toBe(true);
    ping.close();
    await other;
  });

  it("two tasks that play ping-pong for ever do not starve a socket", async () => {
    const server = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const socket = connect((server.address() as { port: number }).port, "127.0.0.1");
    await once(socket, "connect");
    let echoed = false;
    socket.once("data", () => {
      echoed = true;
    });
    socket.write("x");
    const ch = new Chan<number>();
    const other = (async () => {
      for await (const _ of ch);
    })();
    for (let i = 0; i < forEver && !echoed; i++) await ch.send(i);
    ch.close();
    await other;
    socket.destroy();
    server.close();
    expect(echoed).toBe(true);
  });

  const ready = closed();
  const buffered = new Chan<number>(1);
  const endless: [string, () => Promise<unknown>][] = [
    ["a buffered channel with itself", () => buffered.send(1).then(() => buffered.recv())],
    ["a select that is always ready", () => select([recv(ready), recv(ready)])],
    ["a biased select that is always ready", () => selectBiased([recv(ready)])],
    ["receives from a closed channel", () => ready.recv()],
    ["the iterator of a closed channel", () => ready[Symbol.asyncIterator]().next()],
    ["recvMany from a closed channel", () => ready.recvMany(5)],
    [
      "sends that are refused",
      () =>
        closed("why")
          .send(1)
          .catch(() => 0),
    ],
    ["receives that are refused", () => ready.recv(AbortSignal.abort()).catch(() => 0)],
    ["a timer that is due", () => new Timer(0).c.recv()],
    ["sleeps that need not wait", () => sleep(0)],
  ];
  it.each(endless)("%s does not starve a 1 ms timer", async (_, step) => {
    expect(await letsATimerIn(step)).toBe(true);
  });

  it("selects that wait for each other do not starve a 1 ms timer", async () => {
    const a = new Chan<number>();
    const b = new Chan<number>();
    const quit = new Chan<never>();
    const other = (async () => {
      while (
        (await select([recv(a, (r) => r.ok), recv(quit, () => false)])) &&
        (await select([send(b, 1, () => true)]))
      );
    })();
    const step = async () => {
      await select([send(a, 1), recv(quit)]);
      await select([recv(b), recv(quit)]);
    };
    expect(await letsATimerIn(step)).toBe(true);
    quit.close();
    await other;
  });

  it("without a budget they do starve it: the test above can fail", async () => {
    runtime.turn.budget = Number.POSITIVE_INFINITY;
    const ch = new Chan<number>(1);
    let served = false;
    const timer = setTimeout(() => {
      served = true;
    }, 1);
    for (let i = 0; i < 300_000; i++) {
      await ch.send(i);
      await ch.recv();
    }
    expect(served).toBe(false);
    clearTimeout(timer);
  });

  it("the transition is not held back with the resolution, and the order is kept across turns", async () => {
    const ch = new Chan<number>(1);
    const got: number[] = [];
    const consumer = (async () => {
      for await (const value of ch) got.push(value);
    })();
    const start = performance.now();
    let sent = 0;
    // Three turns and more.
    while (performance.now() - start < 35) for (let i = 0; i < 500; i++) await ch.send(sent++);
    ch.close();
    await consumer;
    expect(got).toHaveLength(sent);
    expect(got.every((value, i) => value === i)).toBe(true);
  });
});

describe("yieldNow", () => {
  it("lets timers that are due and I/O that is ready have their turn", async () => {
    let served = false;
    setTimeout(() => {
      served = true;
    }, 0);
    while (!served) await yieldNow();
    expect(served).toBe(true);
  });

  it("comes back after the microtasks that were there", async () => {
    const order: string[] = [];
    const yielded = yieldNow().then(() => order.push("yielded"));
    await Promise.resolve().then(() => order.push("microtask"));
    await yielded;
    expect(order).toEqual(["microtask", "yielded"]);
  });
});
