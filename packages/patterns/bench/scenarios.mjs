/**
 * What is compared: each scenario has our way first, then plain code, then libraries. A candidate does `operations` of them.
 *
 * Plain code is what one would write by hand for the same guarantees, as far as it has them.
 */
import { bulkhead } from "cockatiel";
import { Effect } from "effect";
import { limitAsync } from "es-toolkit";
import pLimit from "p-limit";
import pMap from "p-map";
import PQueue from "p-queue";
import { background } from "../../context/dist/index.js";
import { ErrGroup, hedged, mapConcurrent, redundant, SingleFlight, WorkerPool } from "../dist/index.js";

const ctx = background();
const trivial = async (n) => n + 1;
const numbers = (n) => Array.from({ length: n }, (_, i) => i);

/** Results of `fn` for all items, for at most `workers` at a time, without a library. */
async function workersByHand(items, fn, workers) {
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

export function mapping(operations, workers = 16) {
  const items = numbers(operations);
  return {
    "@conc/patterns": () => mapConcurrent(items, (_ctx, n) => trivial(n), { concurrency: workers }),
    "by hand": () => workersByHand(items, trivial, workers),
    "p-map": () => pMap(items, trivial, { concurrency: workers }),
    "p-limit": () => pLimit(workers).map(items, trivial),
    "es-toolkit": () => Promise.all(items.map(limitAsync(trivial, workers))),
    "p-queue": () => new PQueue({ concurrency: workers }).addAll(items.map((n) => () => trivial(n))),
    effect: () =>
      Effect.runPromise(Effect.forEach(items, (n) => Effect.promise(() => trivial(n)), { concurrency: workers })),
  };
}

export function pools(operations, workers = 16) {
  const items = numbers(operations);
  const all = (submit) => Promise.all(items.map((n) => submit(() => trivial(n))));
  return {
    "@conc/patterns": () => {
      const pool = new WorkerPool({ workers });
      return all((task) => pool.submit(task));
    },
    "p-limit": () => all(pLimit(workers)),
    "p-queue": () => {
      const queue = new PQueue({ concurrency: workers });
      return all((task) => queue.add(task));
    },
    cockatiel: () => {
      const policy = bulkhead(workers, Number.POSITIVE_INFINITY);
      return all((task) => policy.execute(task));
    },
  };
}

/** Groups of 1,000 tasks. */
export function groups(operations) {
  const tasks = numbers(1_000);
  return {
    "@conc/patterns": async () => {
      for (let i = 0; i < operations; i += tasks.length) {
        const group = new ErrGroup(ctx);
        for (const n of tasks) void group.go(() => trivial(n));
        await group.wait();
      }
    },
    "Promise.all": async () => {
      for (let i = 0; i < operations; i += tasks.length) {
        await Promise.all(tasks.map((n) => trivial(n)));
      }
    },
    "Promise.all + AbortController": async () => {
      for (let i = 0; i < operations; i += tasks.length) {
        const controller = new AbortController();
        const task = (n) =>
          trivial(n, controller.signal).catch((error) => {
            controller.abort(error);
            throw error;
          });
        await Promise.all(tasks.map(task));
      }
    },
  };
}

const targets = ["first", "second"];
const never = () => new Promise(() => {});

/** Two targets are asked at once, the first answers. */
export function redundants(operations) {
  const ask = (target) => (target === "first" ? trivial(1) : never());
  return {
    "@conc/patterns": async () => {
      for (let i = 0; i < operations; i++) await redundant(ctx, targets, (_ctx, target) => ask(target));
    },
    "Promise.any + AbortController": async () => {
      for (let i = 0; i < operations; i++) {
        const controllers = targets.map(() => new AbortController());
        const winner = await Promise.any(
          targets.map(async (target, n) => ({ n, value: await ask(target, controllers[n].signal) })),
        );
        for (const [n, controller] of controllers.entries()) if (n !== winner.n) controller.abort();
      }
    },
  };
}

/** The first target answers before its hedge is due. */
export function hedges(operations) {
  return {
    "@conc/patterns": async () => {
      for (let i = 0; i < operations; i++) await hedged(ctx, targets, () => trivial(1), { delay: 50 });
    },
    "Promise.any + AbortController": async () => {
      for (let i = 0; i < operations; i++) {
        const controllers = targets.map(() => new AbortController());
        let timer;
        const late = new Promise((resolve) => {
          timer = setTimeout(resolve, 50);
        });
        await Promise.any([trivial(1, controllers[0].signal), late.then(() => trivial(1, controllers[1].signal))]);
        clearTimeout(timer);
        controllers[1].abort();
      }
    },
  };
}

/** Ten callers share each run. */
export function flights(operations) {
  return {
    "@conc/patterns": async () => {
      const users = new SingleFlight();
      for (let i = 0; i < operations; i += 10) {
        await Promise.all(Array.from({ length: 10 }, () => users.do(7, () => trivial(i))));
      }
    },
    "by hand": async () => {
      const running = new Map();
      const load = (key, fn) => {
        let run = running.get(key);
        if (run === undefined) {
          run = fn().finally(() => running.delete(key));
          running.set(key, run);
        }
        return run;
      };
      for (let i = 0; i < operations; i += 10) {
        await Promise.all(Array.from({ length: 10 }, () => load(7, () => trivial(i))));
      }
    },
  };
}
