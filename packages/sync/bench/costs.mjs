/** What waiting, leaving, taking turns and starting tasks cost. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { go, Mutex, RWMutex, Semaphore } from "../dist/index.js";
import { interleaved, median, processorTime } from "./measure.mjs";

const runtime = globalThis[Symbol.for("@conc/runtime")];

/** The same traffic on one mutex, with turns of 10 ms and without any. */
export async function turns(operations, rounds) {
  const { budget } = runtime.turn;
  const under = (ms) => async () => {
    runtime.turn.budget = ms;
    const mu = new Mutex();
    for (let i = 0; i < operations; i++) (await mu.lock()).unlock();
    runtime.turn.budget = budget;
  };
  const [withTurns, without] = await interleaved([under(10), under(Number.POSITIVE_INFINITY)], operations, rounds);
  return { withTurns, without, ratio: withTurns / without };
}

/** Nanoseconds of a tryLock and unlock that never wait. */
export function tryPair(operations, rounds) {
  const mu = new Mutex();
  const times = [];
  for (let round = -4; round < rounds; round++) {
    const start = processorTime();
    for (let i = 0; i < operations; i++) mu.tryLock().unlock();
    if (round >= 0) times.push((processorTime() - start) / operations);
  }
  return median(times);
}

/** Nanoseconds of Go's uncontended Lock and Unlock; `undefined` when there is no Go on PATH. */
export function goPair() {
  const main = fileURLToPath(new URL("go/main.go", import.meta.url));
  const { status, stdout } = spawnSync("go", ["run", main], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

/** Nanoseconds to cancel one of `waiters` waiting locks, in random order; the platform's own cost of `abort` is taken off. */
export async function cancelling(waiters, rounds) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const order = Array.from({ length: waiters }, (_, i) => i).sort(() => Math.random() - 0.5);
    const bare = Array.from({ length: waiters }, () => new AbortController());
    for (const one of bare) one.signal.addEventListener("abort", () => {}, { once: true });
    const controllers = bare.map(() => new AbortController());
    const mu = new Mutex();
    await mu.lock();
    const all = controllers.map((one) => mu.lock(one.signal).catch(() => {}));
    const start = processorTime();
    for (const i of order) bare[i].abort("gone");
    const middle = processorTime();
    for (const i of order) controllers[i].abort("gone");
    const end = processorTime();
    await Promise.all(all);
    times.push((end - middle - (middle - start)) / waiters);
  }
  return median(times);
}

/** Bytes that `count` waiting calls hold, each. The promises are the caller's and are kept as a caller would. */
export async function bytesPerWaiter(count) {
  const kinds = { lock: new Mutex(), rLock: new RWMutex(), acquire: new Semaphore(1) };
  await Promise.all([kinds.lock.lock(), kinds.rLock.lock(), kinds.acquire.acquire()]);
  const bytes = {};
  for (const [method, primitive] of Object.entries(kinds)) {
    const promises = new Array(count);
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < count; i++) promises[i] = primitive[method]();
    globalThis.gc();
    bytes[method] = (process.memoryUsage().heapUsed - before) / count;
    promises.length = 0;
  }
  return bytes;
}

/** Bytes that the heap has grown by, for each of so many uncontended read locks. */
export async function bytesPerRead(count) {
  const rw = new RWMutex();
  const read = async (times) => {
    for (let i = 0; i < times; i++) (await rw.rLock()).unlock();
  };
  await read(1_000);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  await read(count);
  globalThis.gc();
  return (process.memoryUsage().heapUsed - before) / count;
}

/** Tasks beside threads: what it costs to start one and have it wait, and to pass a message between two. */
export async function tasksAndThreads({ tasks, threads, messages, threadMessages }) {
  return {
    task: await startTasks(tasks),
    thread: await startThreads(threads),
    taskMessage: await passBetweenTasks(messages),
    threadMessage: await passBetweenThreads(threadMessages),
  };
}

async function startTasks(count) {
  const gate = new Mutex();
  const open = await gate.lock();
  let started = 0;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const all = new Array(count);
  for (let i = 0; i < count; i++) {
    all[i] = go(async () => {
      started++;
      (await gate.lock()).unlock();
    });
  }
  // Not by microtasks: the tasks begin over several turns.
  while (started < count) await setImmediate();
  const us = ((performance.now() - start) * 1e3) / count;
  globalThis.gc?.();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  open.unlock();
  await Promise.all(all);
  return { us, bytes };
}

const thread = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", (message) => parentPort.postMessage(message));
  parentPort.postMessage("started");
`;

async function startThreads(count) {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const workers = Array.from({ length: count }, () => new Worker(thread, { eval: true }));
  await Promise.all(workers.map((worker) => once(worker, "message")));
  const us = ((performance.now() - start) * 1e3) / count;
  const bytes = (process.memoryUsage().rss - before) / count;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { us, bytes };
}

// Two tasks hand a turn back and forth by a semaphore each; one way is one message.
async function passBetweenTasks(messages) {
  const [here, there] = [new Semaphore(1), new Semaphore(1)];
  await here.acquire();
  await there.acquire();
  const start = performance.now();
  const answer = async () => {
    for (let i = 0; i < messages; i += 2) {
      await there.acquire();
      here.release();
    }
  };
  const answering = answer();
  for (let i = 0; i < messages; i += 2) {
    there.release();
    await here.acquire();
  }
  await answering;
  return ((performance.now() - start) * 1e3) / messages;
}

async function passBetweenThreads(messages) {
  const worker = new Worker(thread, { eval: true });
  await once(worker, "message");
  const start = performance.now();
  for (let i = 0; i < messages; i += 2) {
    worker.postMessage(i);
    await once(worker, "message");
  }
  const us = ((performance.now() - start) * 1e3) / messages;
  await worker.terminate();
  return us;
}
