/** Goroutines versus threads, the workshop's table: tasks of ours beside worker threads. By the clock on the wall: threads run elsewhere. */
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { go, Mutex, Semaphore } from "@conc/sync";

/** So many tasks that wait at a gate: microseconds to start one, and the bytes that it holds. */
async function tasks(count) {
  const gate = new Mutex();
  const open = await gate.lock();
  let started = 0;
  globalThis.gc();
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
  globalThis.gc();
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

/** So many threads that wait for a message. */
async function workers(count) {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const all = Array.from({ length: count }, () => new Worker(thread, { eval: true }));
  await Promise.all(all.map((worker) => once(worker, "message")));
  const us = ((performance.now() - start) * 1e3) / count;
  const bytes = (process.memoryUsage().rss - before) / count;
  await Promise.all(all.map((worker) => worker.terminate()));
  return { us, bytes };
}

/** Two tasks hand a turn back and forth by a semaphore each; one way is one message. Microseconds. */
async function betweenTasks(messages) {
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

async function betweenThreads(messages) {
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

const common = { table: "Goroutines versus threads", rounds: 3, processes: 1 };
const share = (count, part) => Math.ceil(count / part);

export const threads = [
  {
    name: "threads_start",
    about: "100,000 tasks that wait are started, beside 100 worker threads; by the clock on the wall",
    unit: "us each",
    ...common,
    count: 100_000,
    go: { "goroutine (Go)": "sync start" },
    candidates: ({ count }) => [
      { name: "task", role: "ours", sample: async () => (await tasks(count)).us },
      { name: "worker thread", role: "variant", sample: async () => (await workers(share(count, 1_000))).us },
    ],
  },
  {
    name: "threads_memory",
    about: "what each of these holds: of the heap, of the process for threads, of heap and stacks for goroutines",
    unit: "kB each",
    ...common,
    count: 100_000,
    go: { "goroutine (Go)": "sync start_memory" },
    candidates: ({ count }) => [
      { name: "task", role: "ours", sample: async () => (await tasks(count)).bytes / 1024 },
      { name: "worker thread", role: "variant", sample: async () => (await workers(share(count, 1_000))).bytes / 1024 },
    ],
  },
  {
    name: "threads_message",
    about: "a message one way, between two that answer each other; by the clock on the wall",
    unit: "us each",
    ...common,
    count: 200_000,
    go: { "goroutine (Go)": "sync message" },
    candidates: ({ count }) => [
      { name: "task", role: "ours", sample: () => betweenTasks(count) },
      { name: "worker thread", role: "variant", sample: () => betweenThreads(share(count, 10)) },
    ],
  },
];
