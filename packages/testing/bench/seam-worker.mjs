/** Measures one bundle of the primitives, in a process of its own: node seam-worker.mjs BUNDLE. Prints the nanoseconds per operation. */
import { pathToFileURL } from "node:url";

const operations = 100_000;
const rounds = 15;

const scenarios = {
  "mutex, free": async ({ Mutex }, n) => {
    const mu = new Mutex();
    for (let i = 0; i < n; i++) (await mu.lock()).unlock();
  },
  "mutex, two tasks": async ({ Mutex }, n) => {
    const mu = new Mutex();
    const task = async () => {
      for (let i = 0; i < n / 2; i++) {
        const held = await mu.lock();
        await null;
        held.unlock();
      }
    };
    await Promise.all([task(), task()]);
  },
  "chan, trySend and tryRecv": async ({ Chan }, n) => {
    const ch = new Chan(1);
    for (let i = 0; i < n * 4; i++) {
      ch.trySend(i);
      ch.tryRecv();
    }
  },
  "chan, unbuffered": async ({ Chan }, n) => {
    const ch = new Chan();
    const sender = (async () => {
      for (let i = 0; i < n; i++) await ch.send(i);
    })();
    for (let i = 0; i < n; i++) await ch.recv();
    await sender;
  },
  "chan, buffered": async ({ Chan }, n) => {
    const ch = new Chan(16);
    const sender = (async () => {
      for (let i = 0; i < n; i++) await ch.send(i);
      ch.close();
    })();
    for await (const _ of ch);
    await sender;
  },
  "select of two": async ({ Chan, recv, select }, n) => {
    const [a, b] = [new Chan(1), new Chan(1)];
    for (let i = 0; i < n / 2; i++) {
      (i % 2 ? a : b).trySend(i);
      await select([recv(a), recv(b)]);
    }
  },
  "semaphore, free": async ({ Semaphore }, n) => {
    const sem = new Semaphore(2);
    for (let i = 0; i < n; i++) (await sem.acquire()).unlock();
  },
  "wait group": async ({ WaitGroup }, n) => {
    const wg = new WaitGroup();
    for (let i = 0; i < n / 4; i++) {
      wg.go(() => {});
      await wg.wait();
    }
  },
};

const primitives = await import(pathToFileURL(process.argv[2]).href);
const least = {};
for (const [name, run] of Object.entries(scenarios)) {
  least[name] = Number.POSITIVE_INFINITY;
  for (let round = -4; round < rounds; round++) {
    globalThis.gc?.({ type: "minor" });
    // Of the processor and not of the wall's: others may be at work on this machine. The least of many is what it costs undisturbed.
    const before = process.cpuUsage();
    await run(primitives, operations);
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) least[name] = Math.min(least[name], ((user + system) * 1e3) / operations);
  }
}
process.stdout.write(JSON.stringify(least));
