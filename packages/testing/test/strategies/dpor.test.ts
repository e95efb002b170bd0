import { Chan, recv, select, send, sleep } from "@conc/chan";
import { background, withCancel } from "@conc/context";
import { Cond, Mutex, RWMutex, Semaphore, WaitGroup } from "@conc/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interleave, shared } from "../../src/index.ts";
import { outcomesOf } from "../support/outcomes.ts";

/** What the tasks of a random program share. */
interface Machine {
  readonly state: { x: number; y: number };
  readonly mutexes: Mutex[];
  readonly rw: RWMutex;
  readonly sem: Semaphore;
  readonly chans: Chan<number>[];
  readonly cond: Cond;
  readonly ctx: ReturnType<typeof withCancel>;
}
/** One thing that a task of a random program does. */
type Operation = (machine: Machine) => unknown;

const operations: Record<string, Operation> = {
  "x++": async ({ state }) => {
    const { x } = state;
    await interleave();
    state.x = x + 1;
  },
  "y=x": ({ state }) => {
    state.y = state.x;
  },
  "x*2": ({ state }) => {
    state.x = state.x * 2 + 1;
  },
  "lock 0": async ({ mutexes, state }) => {
    const held = await mutexes[0]!.lock();
    state.x += 10;
    await interleave();
    held.unlock();
  },
  "lock 0 1": async ({ mutexes }) => {
    const a = await mutexes[0]!.lock();
    const b = await mutexes[1]!.lock();
    b.unlock();
    a.unlock();
  },
  "lock 1 0": async ({ mutexes }) => {
    const b = await mutexes[1]!.lock();
    const a = await mutexes[0]!.lock();
    a.unlock();
    b.unlock();
  },
  "try 0": ({ mutexes, state }) => {
    const held = mutexes[0]!.tryLock();
    if (held !== undefined) state.y += 100;
    held?.unlock();
  },
  read: async ({ rw, state }) => {
    const held = await rw.rLock();
    state.y = state.x;
    held.unlock();
  },
  write: async ({ rw, state }) => {
    const held = await rw.lock();
    state.x += 1000;
    held.unlock();
  },
  acquire: async ({ sem, state }) => {
    const held = await sem.acquire(2);
    state.x -= 3;
    held.unlock();
  },
  "send 0": ({ chans }) => chans[0]!.send(1),
  "recv 0": async ({ chans, state }) => {
    state.x += (await chans[0]!.recv()).value ?? 0;
  },
  "try recv": ({ chans, state }) => {
    state.y += chans[1]!.tryRecv()?.value ?? 7;
  },
  "send 1": ({ chans }) => chans[1]!.send(2),
  select: ({ chans, state }) =>
    select([
      recv(chans[0], (r) => {
        state.y += r.value ?? 5;
      }),
      send(chans[1], 3),
    ]),
  cancel: ({ ctx }) => ctx.cancel(),
  "recv under ctx": async ({ chans, ctx, state }) => {
    await chans[0]!.recv(ctx).catch(() => {
      state.y += 50;
    });
  },
  "cond wait": async ({ cond, mutexes, ctx }) => {
    const held = await mutexes[1]!.lock();
    await cond.wait(ctx).catch(() => {});
    held.unlock();
  },
  signal: ({ cond }) => cond.signal(),
  "at once": ({ chans }) => Promise.all([chans[1]!.send(4), interleave()]),
  sleep: async ({ state }) => {
    await sleep(5);
    state.x *= 3;
  },
};

function program(tasks: readonly (readonly string[])[]): () => Promise<string> {
  return async () => {
    const mutexes = [new Mutex(), new Mutex()];
    const machine: Machine = {
      state: shared({ x: 1, y: 0 }),
      mutexes,
      rw: new RWMutex(),
      sem: new Semaphore(2),
      chans: [new Chan(), new Chan(1)],
      cond: new Cond(mutexes[1]!),
      ctx: withCancel(background()),
    };
    const wg = new WaitGroup();
    for (const task of tasks) {
      wg.go(async () => {
        for (const name of task) await operations[name]!(machine);
      });
    }
    await wg.wait();
    return `${machine.state.x} ${machine.state.y}`;
  };
}

const operation = fc.constantFrom(...Object.keys(operations));
const twoTasks = fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 2 });
const threeTasks = fc.array(fc.array(operation, { minLength: 1, maxLength: 1 }), { minLength: 3, maxLength: 3 });

describe("dpor", () => {
  it("finds every outcome that exhaustive finds, and no other, in random programs", { timeout: 120_000 }, async () => {
    let all = 0;
    let few = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(twoTasks, threeTasks), async (tasks) => {
        const exhaustive = await outcomesOf(program(tasks), "exhaustive", 4000);
        fc.pre(exhaustive.complete);
        const dpor = await outcomesOf(program(tasks), "dpor");
        expect(dpor.complete).toBe(true);
        expect([...dpor.outcomes.keys()].sort()).toEqual([...exhaustive.outcomes.keys()].sort());
        all += exhaustive.schedules;
        few += dpor.schedules;
      }),
      { numRuns: Number(process.env["CONC_PROGRAMS"] ?? 150) },
    );
    expect(few).toBeLessThan(all / 2);
  });
});
