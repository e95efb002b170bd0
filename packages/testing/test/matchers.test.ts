import { Chan } from "@conc/chan";
import { Cond, KeyedMutex, Mutex, Once, RWMutex, Semaphore, WaitGroup } from "@conc/sync";
import { describe, expect, it } from "vitest";
import "../src/vitest.ts";

describe("toBeIdle", () => {
  it("passes for what nobody holds and nobody waits on", () => {
    const mu = new Mutex();
    const all = [
      new Chan(1),
      mu,
      new RWMutex(),
      new KeyedMutex(),
      new Semaphore(1),
      new WaitGroup(),
      new Once(),
      new Cond(mu),
    ];
    for (const one of all) expect(one).toBeIdle();
  });

  it("fails for a channel with a value in it or somebody on it", async () => {
    const full = new Chan<number>(1);
    await full.send(1);
    const waitedOn = new Chan<number>();
    const receiving = waitedOn.recv();
    for (const ch of [full, waitedOn]) expect(ch).not.toBeIdle();
    expect(() => expect(waitedOn).toBeIdle()).toThrow("expected Chan(0 of 0 buffered, 1 receiving) to be idle");
    await waitedOn.send(1);
    await receiving;
    expect(waitedOn).toBeIdle();
  });

  it("fails for what is held, counted or running", async () => {
    const [mu, rw, keyed, sem, wg, once] = [
      new Mutex(),
      new RWMutex(),
      new KeyedMutex<string>(),
      new Semaphore(2),
      new WaitGroup(),
      new Once(),
    ];
    const cond = new Cond(mu);
    const held = [await mu.lock(), await rw.rLock(), await keyed.lock("a"), await sem.acquire()];
    wg.add();
    let end: () => void = () => {};
    const run = once.do(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    for (const one of [mu, rw, keyed, sem, wg, once]) expect(one).not.toBeIdle();
    const waiting = cond.wait();
    expect(cond).not.toBeIdle();
    cond.signal();
    await waiting;
    for (const one of held) one.unlock();
    wg.done();
    end();
    await run;
    for (const one of [mu, rw, keyed, sem, wg, once, cond]) expect(one).toBeIdle();
  });

  it("throws for anything else, also with not", () => {
    expect(() => expect({}).toBeIdle()).toThrow(TypeError);
    expect(() => expect(undefined).not.toBeIdle()).toThrow(TypeError);
  });
});

describe("toBePending and toBeSettled", () => {
  it("tell a promise that waits from one that does not", async () => {
    const ch = new Chan<number>();
    const receiving = ch.recv();
    await expect(receiving).toBePending();
    await expect(receiving).not.toBeSettled();
    await ch.send(1);
    await expect(receiving).toBeSettled();
    await expect(receiving).not.toBePending();
  });

  it("say how the promise was settled", async () => {
    await expect(expect(Promise.resolve(1)).toBePending()).rejects.toThrow("fulfilled with 1");
    await expect(expect(Promise.reject(new Error("no"))).not.toBeSettled()).rejects.toThrow("rejected with Error: no");
    await expect(expect(new Chan().recv()).toBeSettled()).rejects.toThrow("but it is pending");
    await expect(expect(1).toBePending()).rejects.toThrow("expected a promise, got 1");
  });
});
