/* What nobody holds is collected, although nobody stopped or closed it. */
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { after, Chan, from, never, recv, select, tick, Ticker, Timer } from "../src/index.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const weak = (one: object): WeakRef<object> => new WeakRef(one);

/** True once what `make` gave has been collected. */
async function isCollected(make: () => WeakRef<object> | Promise<WeakRef<object>>): Promise<boolean> {
  const ref = await make();
  for (let i = 0; i < 20 && ref.deref() !== undefined; i++) {
    await setImmediate();
    gc();
  }
  return ref.deref() === undefined;
}

const hour = 3_600_000;

describe("is collected when it is let go", () => {
  const signal = new AbortController().signal;
  const shared = new Chan<number>();
  const cases: [string, () => WeakRef<object> | Promise<WeakRef<object>>][] = [
    ["an after", () => weak(after(hour))],
    ["a tick", () => weak(tick(1))],
    ["a timer", () => weak(new Timer(hour))],
    ["a ticker that was used", () => ticked()],
    ["the timer of a select that another case has ended", () => lostTimer()],
    ["a channel that somebody waits on, with its waiter", () => waitedOn()],
    ["a channel that a forgotten select waits on", () => forgottenSelect()],
    ["a wait on the nil channel", () => weak(never.recv())],
    ["a source that nobody reads to its end", () => weak(from([1, 2, 3]))],
    ["a channel whose receive a living signal has cancelled or could have", () => served(signal)],
    ["the other channel of selects on a living one", () => lostChannel(shared)],
  ];
  it.each(cases)("%s", async (_, make) => {
    expect(await isCollected(make)).toBe(true);
  });

  it("but not while it is held: the test above can fail", async () => {
    const held = after(hour);
    expect(await isCollected(() => weak(held))).toBe(false);
    expect(held.length).toBe(0);
  });

  it("and the living ones hold nothing of it", () => {
    expect(String(shared)).toBe("Chan(0 of 0 buffered)");
  });
});

async function ticked(): Promise<WeakRef<object>> {
  const ticker = new Ticker(1);
  await ticker.c.recv();
  return weak(ticker);
}

async function lostTimer(): Promise<WeakRef<object>> {
  const ready = new Chan<number>();
  const timer = after(hour);
  const chosen = select([recv(timer), recv(ready)]);
  ready.trySend(1);
  await chosen;
  return weak(timer);
}

function waitedOn(): WeakRef<object> {
  const ch = new Chan<number>();
  void ch.recv();
  void ch.recv();
  return weak(ch);
}

function forgottenSelect(): WeakRef<object> {
  const ch = new Chan<number>();
  void select([recv(ch), recv(new Chan())]);
  return weak(ch);
}

async function served(signal: AbortSignal): Promise<WeakRef<object>> {
  const ch = new Chan<number>();
  const received = ch.recv(signal);
  ch.trySend(1);
  await received;
  return weak(ch);
}

async function lostChannel(living: Chan<number>): Promise<WeakRef<object>> {
  const ch = new Chan<number>();
  const chosen = select([recv(living), recv(ch)]);
  ch.trySend(1);
  await chosen;
  return weak(ch);
}

describe("100,000 selects on a silent channel", () => {
  it("leave the heap as it was", async () => {
    const silent = new Chan<number>();
    const busy = new Chan<number>();
    const signal = new AbortController().signal;
    const round = async () => {
      for (let i = 0; i < 50_000; i++) {
        const chosen = select([recv(silent), recv(busy), recv(after(hour))], signal);
        busy.trySend(i);
        await chosen;
      }
      gc();
      return process.memoryUsage().heapUsed;
    };
    const first = await round();
    const second = await round();
    // 2 kB each, as elsewhere, would be 100 MB; a tenth of that is the measure's own unrest.
    expect(second - first).toBeLessThan(10_000_000);
  }, 30_000);
});
