import { AsyncLocalStorage } from "node:async_hooks";
import { runtime } from "@conc/internal";
import { flush } from "@conc/internal/testkit";
import { afterEach, describe, expect, it } from "vitest";
import {
  go,
  KeyedMutex,
  MisuseError,
  Mutex,
  Once,
  onceFunc,
  onceValue,
  RWMutex,
  Semaphore,
  WaitGroup,
} from "../src/index.ts";

const request = new AsyncLocalStorage<string>();
const { budget } = runtime.turn;
afterEach(() => {
  runtime.turn.budget = budget;
});

/** Something held, the end of that, and a call that runs a function when it has ended. */
interface Queue {
  release(): void;
  run(fn: () => unknown): unknown;
}

function behind(held: { unlock(): void } | undefined, run: Queue["run"]): Queue {
  return { release: () => held?.unlock(), run };
}

const queues: [string, () => Queue][] = [
  ["Mutex.runExclusive", () => ((mu) => behind(mu.tryLock(), (fn) => mu.runExclusive(fn)))(new Mutex())],
  ["RWMutex.runExclusive", () => ((rw) => behind(rw.tryRLock(), (fn) => rw.runExclusive(fn)))(new RWMutex())],
  ["RWMutex.runShared", () => ((rw) => behind(rw.tryLock(), (fn) => rw.runShared(fn)))(new RWMutex())],
  [
    "KeyedMutex.runExclusive",
    () => ((mu) => behind(mu.tryLock("a"), (fn) => mu.runExclusive("a", fn)))(new KeyedMutex()),
  ],
  ["Semaphore.run", () => ((sem) => behind(sem.tryAcquire(), (fn) => sem.run(fn)))(new Semaphore(1))],
  ["go", () => behind(undefined, (fn) => go(fn))],
  ["WaitGroup.go", () => ((wg) => behind(undefined, (fn) => wg.go(fn)))(new WaitGroup())],
  ["Once.do", () => ((once) => behind(undefined, (fn) => once.do(fn)))(new Once())],
  ["onceFunc", () => behind(undefined, (fn) => onceFunc(fn)())],
  ["onceValue", () => behind(undefined, (fn) => onceValue(fn)())],
];

describe.each(queues)("a function given to %s", (_, make) => {
  it.each([
    ["however long it queued", budget],
    ["also when its call is told in a later turn", 0],
  ])("runs in its caller's async context, to its end, %s", async (_when, turn) => {
    const { release, run } = make();
    const seen: (string | undefined)[] = [];
    runtime.turn.budget = turn;
    const ended = ["a", "b"].map(
      (name) =>
        new Promise<void>((resolve) => {
          request.run(name, () =>
            run(async () => {
              seen.push(request.getStore());
              await flush();
              seen.push(request.getStore());
              resolve();
            }),
          );
        }),
    );
    await flush();
    request.run("the one who releases", release);
    // A Once runs the first of them only.
    await Promise.race(ended);
    await flush();
    expect(new Set(seen.slice(0, 1))).toEqual(new Set(["a"]));
    expect(seen.filter((name) => name === "a")).toHaveLength(2);
    expect(seen.filter((name) => name !== "a" && name !== "b")).toEqual([]);
  });
});

it("a run leaves the async context of others as it is", async () => {
  const once = new Once();
  const seen = await request.run("caller", async () => {
    const inside: unknown[] = [];
    await once.do(async () => {
      inside.push(request.getStore());
      await flush();
      inside.push(request.getStore());
    });
    return [...inside, request.getStore()];
  });
  expect(seen).toEqual(["caller", "caller", "caller"]);
});

describe("a call from inside the run, after an await", () => {
  it("of a Once rejects, instead of hanging", async () => {
    const once = new Once();
    const run = once.do(async () => {
      await flush();
      await once.do(() => undefined);
    });
    await expect(run).rejects.toThrow(
      new MisuseError("sync: a Once was called from inside its own run, and would wait for itself"),
    );
  });

  it("through another Once rejects", async () => {
    const outer = new Once();
    const inner = new Once();
    const run = outer.do(() =>
      inner.do(async () => {
        await Promise.resolve();
        await outer.do(() => undefined);
      }),
    );
    await expect(run).rejects.toThrow(MisuseError);
    expect(inner.done).toBe(true);
  });

  it("of a onceFunc and of a onceValue rejects, also in a later try", async () => {
    const close: () => Promise<void> = onceFunc(async () => {
      await Promise.resolve();
      await close();
    });
    const get: () => Promise<unknown> = onceValue(
      async () => {
        await flush();
        return get();
      },
      { retry: true },
    );
    await expect(close()).rejects.toThrow(MisuseError);
    await expect(get()).rejects.toThrow(MisuseError);
    await expect(get()).rejects.toThrow(MisuseError);
  });

  it("from what the run has started counts, also if the run does not wait for it; once the run has ended, it does not", async () => {
    const once = new Once();
    const outcomes: string[] = [];
    const callFrom = (where: string) =>
      once
        .do(() => undefined)
        .then(
          () => outcomes.push(`${where}: waited`),
          (error: Error) => outcomes.push(`${where}: ${error.name}`),
        );
    await once.do(async () => {
      void go(() => callFrom("during the run"));
      void flush()
        .then(flush)
        .then(() => callFrom("after the run"));
      await flush();
    });
    await flush();
    await flush();
    expect(outcomes).toEqual(["during the run: MisuseError", "after the run: waited"]);
  });
});
