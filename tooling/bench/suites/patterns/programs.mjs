/**
 * What is compared, each in a way of its own: ours first, then plain code, then libraries. A candidate does as many operations as it is told.
 *
 * Plain code is what one would write by hand for the same guarantees, as far as it has them.
 */
import { background } from "@conc/context";
import { ErrGroup, hedged, mapConcurrent, redundant, SingleFlight, WorkerPool } from "@conc/patterns";
import { bulkhead } from "cockatiel";
import { Effect } from "effect";
import { limitAsync } from "es-toolkit";
import pLimit from "p-limit";
import pMap from "p-map";
import PQueue from "p-queue";

const ctx = background();
const workers = 16;
const trivial = async (n) => n + 1;
const numbers = (n) => Array.from({ length: n }, (_, i) => i);

const ours = (run) => ({ name: "@conc/patterns", role: "ours", run });
const byHand = (name, run) => ({ name, role: "plain", run });
const peer = (name, run) => ({ name, run });

/** Results of `fn` for all items, for at most `workers` at a time, without a library. */
async function workersByHand(items, fn) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await fn(items[i]);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

export function mapping(count) {
  const items = numbers(count);
  return [
    ours(() => mapConcurrent(items, (_ctx, n) => trivial(n), { concurrency: workers })),
    byHand("a loop of workers by hand", () => workersByHand(items, trivial)),
    peer("p-map", () => pMap(items, trivial, { concurrency: workers })),
    peer("p-limit", () => pLimit(workers).map(items, trivial)),
    peer("es-toolkit", () => Promise.all(items.map(limitAsync(trivial, workers)))),
    peer("p-queue", () => new PQueue({ concurrency: workers }).addAll(items.map((n) => () => trivial(n)))),
    peer("effect", () =>
      Effect.runPromise(Effect.forEach(items, (n) => Effect.promise(() => trivial(n)), { concurrency: workers })),
    ),
    { name: "cockatiel", cannot: "no call for a list; its bulkhead is in pool" },
  ];
}

export function pools(count) {
  const items = numbers(count);
  const all = (submit) => Promise.all(items.map((n) => submit(() => trivial(n))));
  return [
    ours(() => {
      const pool = new WorkerPool({ workers });
      return all((task) => pool.submit(task));
    }),
    peer("p-limit", () => all(pLimit(workers))),
    peer("p-queue", () => {
      const queue = new PQueue({ concurrency: workers });
      return all((task) => queue.add(task));
    }),
    peer("cockatiel", () => {
      const policy = bulkhead(workers, Number.POSITIVE_INFINITY);
      return all((task) => policy.execute(task));
    }),
  ];
}

/** Groups of 1,000 tasks. */
export function groups() {
  const tasks = numbers(1_000);
  return [
    ours(async (count) => {
      for (let i = 0; i < count; i += tasks.length) {
        const group = new ErrGroup(ctx);
        for (const n of tasks) void group.go(() => trivial(n));
        await group.wait();
      }
    }),
    byHand("Promise.all", async (count) => {
      for (let i = 0; i < count; i += tasks.length) {
        await Promise.all(tasks.map((n) => trivial(n)));
      }
    }),
    byHand("Promise.all and an AbortController", async (count) => {
      for (let i = 0; i < count; i += tasks.length) {
        const controller = new AbortController();
        const task = (n) =>
          trivial(n, controller.signal).catch((error) => {
            controller.abort(error);
            throw error;
          });
        await Promise.all(tasks.map(task));
      }
    }),
  ];
}

const targets = ["first", "second"];
const never = () => new Promise(() => {});

/** Two targets are asked at once, the first answers. */
export function redundants() {
  const ask = (target) => (target === "first" ? trivial(1) : never());
  return [
    ours(async (count) => {
      for (let i = 0; i < count; i++) await redundant(ctx, targets, (_ctx, target) => ask(target));
    }),
    byHand("Promise.any and AbortControllers", async (count) => {
      for (let i = 0; i < count; i++) {
        const controllers = targets.map(() => new AbortController());
        const winner = await Promise.any(
          targets.map(async (target, n) => ({ n, value: await ask(target, controllers[n].signal) })),
        );
        for (const [n, controller] of controllers.entries()) if (n !== winner.n) controller.abort();
      }
    }),
  ];
}

/** The first target answers before its hedge is due. */
export function hedges() {
  return [
    ours(async (count) => {
      for (let i = 0; i < count; i++) await hedged(ctx, targets, () => trivial(1), { delay: 50 });
    }),
    byHand("Promise.any and AbortControllers", async (count) => {
      for (let i = 0; i < count; i++) {
        const controllers = targets.map(() => new AbortController());
        let timer;
        const late = new Promise((resolve) => {
          timer = setTimeout(resolve, 50);
        });
        await Promise.any([trivial(1, controllers[0].signal), late.then(() => trivial(1, controllers[1].signal))]);
        clearTimeout(timer);
        controllers[1].abort();
      }
    }),
  ];
}

/** Ten callers share each run. */
export function flights() {
  return [
    ours(async (count) => {
      const users = new SingleFlight();
      for (let i = 0; i < count; i += 10) {
        await Promise.all(Array.from({ length: 10 }, () => users.do(7, () => trivial(i))));
      }
    }),
    byHand("a Map of promises", async (count) => {
      const running = new Map();
      const load = (key, fn) => {
        let run = running.get(key);
        if (run === undefined) {
          run = fn().finally(() => running.delete(key));
          running.set(key, run);
        }
        return run;
      };
      for (let i = 0; i < count; i += 10) {
        await Promise.all(Array.from({ length: 10 }, () => load(7, () => trivial(i))));
      }
    }),
  ];
}
