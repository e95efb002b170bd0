import { AsyncLocalStorage } from "node:async_hooks";
import { from, sleep } from "@conc/chan";
import { background } from "@conc/context";
import { expect, it } from "vitest";
import {
  ErrGroup,
  generate,
  hedged,
  map,
  mapConcurrent,
  scatterGather,
  SingleFlight,
  WorkerPool,
} from "../src/index.ts";
import { collect, take } from "./pipeline/collect.ts";
import { useWorld } from "./world.ts";

const world = useWorld();
const storage = new AsyncLocalStorage<string>();

it("a task of an ErrGroup runs in the async context of the `go` that brought it, also after a wait in line", async () => {
  const group = new ErrGroup(background(), { limit: 1 });
  const seen: unknown[] = [];
  for (const name of ["a", "b", "c"]) {
    void storage.run(name, () =>
      group.go(async () => {
        await sleep(1);
        seen.push([name, storage.getStore()]);
      }),
    );
  }
  await world.clock.advance(5);
  await group.wait();
  expect(seen).toEqual([
    ["a", "a"],
    ["b", "b"],
    ["c", "c"],
  ]);
});

it("every attempt of hedged runs in the caller's async context, whatever sent it", async () => {
  const seen: unknown[] = [];
  world.useRealClock();
  await storage.run("request 1", () =>
    hedged(
      background(),
      ["fails", "slow", "answers"],
      async (ctx, kind) => {
        seen.push([kind, storage.getStore()]);
        if (kind === "fails") throw new Error(kind);
        if (kind === "slow") await sleep(60_000, ctx);
      },
      { delay: 1 },
    ),
  );
  expect(seen).toEqual(["fails", "slow", "answers"].map((kind) => [kind, "request 1"]));
});

it("so does whatever else a race calls: its delay, what judges its answers and failures, and its observer", async () => {
  const seen = new Map<string, unknown>();
  const note = (what: string) => seen.set(what, storage.getStore());
  world.useRealClock();
  const winner = await storage.run("request 1", () =>
    hedged(
      background(),
      [1, 2, 60_000, 3],
      async (ctx, ms) => {
        await sleep(ms, ctx);
        if (ms === 1) throw new Error("fails");
        return ms;
      },
      {
        delay: (sent) => (note(`delay ${sent}`), 5),
        nonFatal: () => (note("nonFatal"), true),
        pushback: () => (note("pushback"), undefined),
        accept: (ms) => (note(`accept ${ms}`), ms !== 2),
        observe: ({ type }) => note(type),
      },
    ),
  );
  expect(winner).toMatchObject({ value: 3, attempts: 4 });
  expect([...seen.keys()].sort()).toEqual(
    ["accept 2", "accept 3", "delay 1", "delay 2", "delay 3", "delay 4"].concat([
      "failed",
      "hedged",
      "nonFatal",
      "pushback",
      "sent",
      "wasted",
      "won",
    ]),
  );
  expect(new Set(seen.values())).toEqual(new Set(["request 1"]));
});

it("every call of mapConcurrent runs in the caller's async context", async () => {
  const seen = await world.settled(
    storage.run("request 1", () =>
      mapConcurrent(
        [1, 2, 3],
        async (ctx, ms) => {
          await sleep(ms, ctx);
          return storage.getStore();
        },
        { concurrency: 1 },
      ),
    ),
  );
  expect(seen).toEqual(["request 1", "request 1", "request 1"]);
});

it("every target of scatterGather runs in the caller's async context, also one that was started later", async () => {
  const seen: unknown[] = [];
  const results = storage.run("request 1", () =>
    scatterGather(
      background(),
      [1, 2, 3],
      async (ctx, ms) => {
        await sleep(ms, ctx);
        seen.push(storage.getStore());
      },
      { concurrency: 1 },
    ),
  );
  await world.clock.advance(10);
  for await (const result of results) expect(result.status).toBe("fulfilled");
  expect(seen).toEqual(["request 1", "request 1", "request 1"]);
});

it("a flight runs in the first caller's async context, and each caller goes on in its own", async () => {
  const flights = new SingleFlight<string, unknown>();
  const seen: unknown[] = [];
  const ask = (name: string) =>
    storage.run(name, async () => {
      const { value } = await flights.do("a", async () => {
        await sleep(1);
        return storage.getStore();
      });
      seen.push([storage.getStore(), value]);
    });
  await world.settled(Promise.all([ask("first"), ask("second")]));
  expect(seen).toEqual([
    ["first", "first"],
    ["second", "first"],
  ]);
});

it("each task of a pool runs in the async context of its submit", async () => {
  const pool = new WorkerPool({ workers: 1 });
  const seen = await world.settled(
    Promise.all(
      ["a", "b", "c"].map((name) =>
        storage.run(name, () =>
          pool.submit(async () => {
            await sleep(1);
            return storage.getStore();
          }),
        ),
      ),
    ),
  );
  expect(seen).toEqual(["a", "b", "c"]);
});

it("the source of generate runs in the async context of its receivers, as a generator does", async () => {
  const ch = generate(background(), function* () {
    for (;;) yield storage.getStore();
  });
  expect(await storage.run("a", () => ch.recv())).toEqual({ value: "a", ok: true });
  await take(ch, 1);
});

it("map runs in the async context of the call that made the stage", async () => {
  const out = storage.run("request 1", () =>
    map(
      from([1, 2, 3]),
      async (ctx, ms) => {
        await sleep(ms, ctx);
        return storage.getStore();
      },
      { concurrency: 2 },
    ),
  );
  expect((await world.settled(collect(out))).values).toEqual(["request 1", "request 1", "request 1"]);
});
