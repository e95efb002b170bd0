import { flush, stateOf, useFakeClock, watch, type Watch } from "@conc/internal/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { after, Chan, recv, select, sleep, tick, Ticker, Timer, trySelect } from "../src/index.ts";

let clock: ReturnType<typeof useFakeClock>;
let watched: Watch & { stop(): void };
beforeEach(() => {
  clock = useFakeClock();
  watched = watch();
});
afterEach(() => {
  watched.stop();
  clock.restore();
});

const pending = { status: "pending" };
const at = (ms: number) => new Date(Date.UTC(2030, 0, 1, 12) + ms);

describe("Timer", () => {
  it("delivers the instant it was due, once", async () => {
    const { c } = new Timer(100);
    const first = c.recv();
    await clock.advance(99);
    expect(await stateOf(first)).toEqual(pending);
    await clock.advance(1);
    expect(await first).toEqual({ value: at(100), ok: true });
    expect(c.tryRecv()).toBeUndefined();
  });

  it("keeps the value for a receiver that comes late, with the instant it was due", async () => {
    const { c } = new Timer(100);
    await clock.advance(250);
    expect(c.tryRecv()).toEqual({ value: at(100), ok: true });
    expect(c.tryRecv()).toBeUndefined();
  });

  it("looks unbuffered", () => {
    const { c } = new Timer(0);
    expect([c.length, c.capacity]).toEqual([0, 0]);
  });

  it.each([0, -5, Number.NEGATIVE_INFINITY])("of %s ms is due at once, now", async (ms) => {
    await clock.advance(40);
    expect(new Timer(ms).c.tryRecv()).toEqual({ value: at(40), ok: true });
  });

  it("of Infinity is never due", async () => {
    const timer = new Timer(Number.POSITIVE_INFINITY);
    const received = timer.c.recv();
    await clock.advance(1e12);
    expect(await stateOf(received)).toEqual(pending);
    expect(timer.stop()).toBe(false);
  });

  it.each([Number.NaN, "1" as never, undefined as never])("refuses %s", (ms) => {
    expect(() => new Timer(ms)).toThrow(/^ms: expected a number of milliseconds, got /);
    expect(() => new Timer(1).reset(ms)).toThrow(RangeError);
    expect(() => Timer.afterFunc(ms, () => {})).toThrow(RangeError);
  });

  it("serves those who wait in order, one value each time it is reset", async () => {
    const timer = new Timer(10);
    const first = timer.c.recv();
    const second = timer.c.recv();
    await clock.advance(10);
    expect(await first).toEqual({ value: at(10), ok: true });
    expect(await stateOf(second)).toEqual(pending);
    timer.reset(10);
    await clock.advance(10);
    expect(await second).toEqual({ value: at(20), ok: true });
  });

  it("a latecomer does not pass one who waited when the platform's timer is late", async () => {
    const { c } = new Timer(10);
    const first = c.recv();
    // Time has come, the platform's timer has not fired yet.
    const now = clock.now.bind(clock);
    clock.now = () => now() + 50;
    expect(c.tryRecv()).toBeUndefined();
    expect((await first).ok).toBe(true);
    clock.now = now;
    expect(clock.timers).toBe(0);
  });

  describe("stop", () => {
    it("is true while the value has not been received, before and after it is due", async () => {
      expect(new Timer(100).stop()).toBe(true);
      const due = new Timer(100);
      await clock.advance(200);
      expect(due.stop()).toBe(true);
      expect(due.c.tryRecv()).toBeUndefined();
      expect(due.stop()).toBe(false);
    });

    it("is false once it was received", async () => {
      const timer = new Timer(1);
      await clock.advance(1);
      await timer.c.recv();
      expect(timer.stop()).toBe(false);
    });

    it("leaves receivers waiting, and they get the value of a later reset", async () => {
      const timer = new Timer(100);
      const received = timer.c.recv();
      expect(timer.stop()).toBe(true);
      expect(clock.timers).toBe(0);
      await clock.advance(1_000);
      expect(await stateOf(received)).toEqual(pending);
      expect(timer.reset(5)).toBe(false);
      await clock.advance(5);
      expect(await received).toEqual({ value: at(1_005), ok: true });
    });
  });

  describe("reset", () => {
    it("leaves no stale value of before", async () => {
      const timer = new Timer(10);
      await clock.advance(10);
      expect(timer.reset(50)).toBe(true);
      expect(timer.c.tryRecv()).toBeUndefined();
      await clock.advance(49);
      expect(timer.c.tryRecv()).toBeUndefined();
      await clock.advance(1);
      expect(timer.c.tryRecv()).toEqual({ value: at(60), ok: true });
    });

    it("moves the time for those who wait already, both ways", async () => {
      const timer = new Timer(100);
      const received = timer.c.recv();
      timer.reset(500);
      await clock.advance(499);
      expect(await stateOf(received)).toEqual(pending);
      timer.reset(1);
      await clock.advance(1);
      expect((await received).value).toEqual(at(500));
    });
  });

  describe("afterFunc", () => {
    it("calls the function when the time has come, once; its c is never ready", async () => {
      let calls = 0;
      const timer = Timer.afterFunc(10, () => calls++);
      expect(clock.keptAlive).toBe(1);
      await clock.advance(9);
      expect(calls).toBe(0);
      await clock.advance(100);
      expect(calls).toBe(1);
      expect(timer.c.tryRecv()).toBeUndefined();
      expect(timer.stop()).toBe(false);
    });

    it("stopped before, never calls it; stop tells so", async () => {
      const timer = Timer.afterFunc(10, () => expect.fail("was stopped"));
      expect(timer.stop()).toBe(true);
      expect(timer.stop()).toBe(false);
      expect(clock.timers).toBe(0);
      await clock.advance(100);
    });

    it("reset, calls it at the new time only", async () => {
      const calls: number[] = [];
      const timer = Timer.afterFunc(10, () => calls.push(clock.now()));
      expect(timer.reset(30)).toBe(true);
      await clock.advance(100);
      expect(timer.reset(1)).toBe(false);
      await clock.advance(1);
      expect(calls).toEqual([30, 101]);
    });

    it("refuses what is no function", () => {
      expect(() => Timer.afterFunc(1, 5 as never)).toThrow("fn: expected a function, got 5");
    });
  });

  it("holds a platform timer only while somebody waits, and none afterwards", async () => {
    const { c } = new Timer(10);
    expect(clock.timers).toBe(0);
    const controller = new AbortController();
    const received = c.recv(controller.signal);
    expect(clock.keptAlive).toBe(1);
    controller.abort("stop");
    await expect(received).rejects.toBe("stop");
    expect(clock.timers).toBe(0);
    const again = c.recv();
    await clock.advance(10);
    await again;
    expect(clock.timers).toBe(0);
  });

  it("1,000 waits that are cancelled set one platform timer, not one each", async () => {
    let set = 0;
    const setTimer = clock.setTimer.bind(clock);
    clock.setTimer = (...args) => {
      set++;
      return setTimer(...args);
    };
    const { c } = new Timer(10);
    const controller = new AbortController();
    const all = Array.from({ length: 1_000 }, () => c.recv(controller.signal));
    controller.abort();
    await Promise.allSettled(all);
    expect(set).toBe(1);
    expect(clock.timers).toBe(0);
  });

  it("stands in a select, twice even, and a lost select gives its platform timer back", async () => {
    const ch = new Chan<string>();
    const chosen = select([recv(ch, (r) => r.value), recv(after(10), () => "timeout")]);
    expect(clock.timers).toBe(1);
    ch.trySend("in time");
    expect(await chosen).toBe("in time");
    expect(clock.timers).toBe(0);
    const timer = new Timer(10);
    const twice = select([recv(timer.c, () => "timeout"), recv(timer.c, () => "timeout")]);
    await clock.advance(10);
    expect(await twice).toBe("timeout");
    expect(clock.timers).toBe(0);
    expect(watched.waiting).toBe(0);
  });

  it("says when it is due", async () => {
    const timer = new Timer(30);
    expect(String(timer.c)).toBe("TimerChan(due in 30 ms)");
    await clock.advance(31);
    expect(String(timer.c)).toBe("TimerChan(due in 0 ms)");
    timer.stop();
    expect(String(timer.c)).toBe("TimerChan(stopped)");
  });
});

describe("Ticker", () => {
  it("ticks with its period, in a rhythm that a late receiver does not shift", async () => {
    const { c } = new Ticker(10);
    const instants: unknown[] = [];
    for (const wait of [10, 13, 8, 10]) {
      const received = c.recv();
      await clock.advance(wait);
      instants.push((await received).value);
    }
    expect(instants).toEqual([at(10), at(20), at(30), at(40)]);
  });

  it("drops the ticks that a slow receiver misses: one is kept, they never pile up", async () => {
    const { c } = new Ticker(10);
    await clock.advance(35);
    expect(c.tryRecv()?.ok).toBe(true);
    expect(c.tryRecv()).toBeUndefined();
    const next = c.recv();
    await clock.advance(5);
    expect(await next).toEqual({ value: at(40), ok: true });
  });

  it("stopped, keeps no stale tick and does not close its channel", async () => {
    const ticker = new Ticker(10);
    await clock.advance(10);
    ticker.stop();
    expect(ticker.c.tryRecv()).toBeUndefined();
    const received = ticker.c.recv();
    await clock.advance(100);
    expect(await stateOf(received)).toEqual(pending);
    ticker.reset(5);
    await clock.advance(5);
    expect(await received).toEqual({ value: at(115), ok: true });
  });

  it("reset, keeps no stale tick and starts a new rhythm", async () => {
    const ticker = new Ticker(10);
    await clock.advance(19);
    ticker.reset(4);
    expect(ticker.c.tryRecv()).toBeUndefined();
    await clock.advance(4);
    expect(ticker.c.tryRecv()).toEqual({ value: at(23), ok: true });
    await clock.advance(4);
    expect(ticker.c.tryRecv()).toEqual({ value: at(27), ok: true });
  });

  it("is disposable: using stops it", async () => {
    let c;
    {
      using ticker = new Ticker(10);
      ({ c } = ticker);
      await clock.advance(10);
    }
    expect(c.tryRecv()).toBeUndefined();
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, "5" as never])("refuses a period of %s", (ms) => {
    expect(() => new Ticker(ms)).toThrow(/^ms: expected a number of milliseconds greater than 0, got /);
    expect(() => new Ticker(1).reset(ms)).toThrow(RangeError);
  });

  it("says its rhythm", () => {
    expect(String(new Ticker(10).c)).toBe("TimerChan(due in 10 ms, every 10 ms)");
  });
});

describe("the workshop's exercise: a timer and a ticker", () => {
  it("prints 5 ticks of 10 ms in 55 ms, then goodbye", async () => {
    const lines: string[] = [];
    const program = async () => {
      using ticker = new Ticker(10);
      const timer = new Timer(55);
      for (let running = true; running; ) {
        running = await select([
          recv(ticker.c, () => lines.push("tick") > 0),
          recv(timer.c, () => lines.push("goodbye") === 0),
        ]);
      }
    };
    const done = program();
    await clock.advance(1_000);
    await done;
    expect(lines).toEqual(["tick", "tick", "tick", "tick", "tick", "goodbye"]);
    expect(clock.timers).toBe(0);
    expect(watched.waiting).toBe(0);
  });
});

describe("sleep", () => {
  it("waits its time, and keeps the process alive until then", async () => {
    const sleeping = sleep(100);
    expect(clock.keptAlive).toBe(1);
    await clock.advance(99);
    expect(await stateOf(sleeping)).toEqual(pending);
    await clock.advance(1);
    await sleeping;
    expect(clock.timers).toBe(0);
  });

  it.each([0, -1, Number.NEGATIVE_INFINITY])("of %s ms does not wait", async (ms) => {
    await sleep(ms);
    expect(clock.timers).toBe(0);
  });

  it("cancelled, rejects with the reason and leaves no timer", async () => {
    const controller = new AbortController();
    const sleeping = sleep(100, controller.signal);
    controller.abort("up");
    await expect(sleeping).rejects.toBe("up");
    expect(clock.timers).toBe(0);
    expect(watched.waiting).toBe(0);
  });

  it("rejects what is no number", async () => {
    await expect(sleep("1" as never)).rejects.toThrow(/^ms: expected a number of milliseconds, got "1"/);
  });
});

describe("after and tick", () => {
  it("after delivers once, in a trySelect too", async () => {
    const c = after(10);
    expect(trySelect([recv(c)])).toBeUndefined();
    await clock.advance(10);
    expect(trySelect([recv(c, (r) => r.value)])).toEqual(at(10));
    await flush();
    expect(trySelect([recv(c)])).toBeUndefined();
  });

  it("tick delivers again and again", async () => {
    const c = tick(10);
    await clock.advance(10);
    expect(c.tryRecv()?.value).toEqual(at(10));
    await clock.advance(10);
    expect(c.tryRecv()?.value).toEqual(at(20));
    expect(() => tick(0)).toThrow(RangeError);
  });
});
