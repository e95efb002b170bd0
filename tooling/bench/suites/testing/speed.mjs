/** Schedules per second of a program of 13 steps; beside fast-check's scheduler, which orders the promises that a test hands to it. */
import { Mutex, WaitGroup } from "@conc/sync";
import { explore, interleave } from "@conc/testing";
import { processorTime } from "../../src/measure.mjs";
import { above } from "../../src/targets.mjs";

/** Two workers, each twice into a critical section with a pause in it: 13 steps of the explorer. */
async function program() {
  const mu = new Mutex();
  const wg = new WaitGroup();
  let count = 0;
  const worker = async () => {
    for (let i = 0; i < 2; i++) {
      const held = await mu.lock();
      const read = count;
      await interleave();
      count = read + 1;
      held.unlock();
    }
  };
  await interleave();
  wg.go(worker);
  wg.go(worker);
  await wg.wait();
  if (count !== 4) throw new Error(`lost update: ${count}`);
}

/** As near to it as fast-check's scheduler comes: each pause is a promise of the scheduler's. No lock of its own can be controlled. */
const withFastCheck = (fc) =>
  fc.asyncProperty(fc.scheduler(), async (s) => {
    let count = 0;
    const worker = async () => {
      for (let i = 0; i < 2; i++) {
        await s.schedule(Promise.resolve());
        const read = count;
        await s.schedule(Promise.resolve());
        count = read + 1;
      }
      await s.schedule(Promise.resolve());
    };
    const ended = Promise.all([worker(), worker()]);
    await s.waitFor(ended);
    if (count < 2) throw new Error(`lost update: ${count}`);
  });

async function perSecond(schedules, run) {
  const begin = processorTime();
  await run();
  return (schedules / (processorTime() - begin)) * 1e9;
}

const strategies = ["mix", "random", "pct", "exhaustive", "dpor"];

export const speed = {
  name: "speed",
  about:
    "the schedules of a program of 13 steps that a second of processor time explores, by strategy; fast-check's are of 10 steps",
  unit: "schedules per second",
  better: "more",
  count: 5_000,
  rounds: 7,
  warmUps: 2,
  targets: [above(20_000)],
  candidates: async ({ count }) => {
    const { steps } = await explore(program, { schedules: 1, seed: 1 });
    if (steps !== 13) throw new Error(`expected a program of 13 steps, got ${steps}`);
    // Only here: the other scenarios of the suite do without.
    const { default: fc } = await import("fast-check");
    const property = withFastCheck(fc);
    return [
      ...strategies.map((strategy) => ({
        name: strategy,
        role: "ours",
        sample: () =>
          perSecond(count, async () => {
            // The systematic ones may come to an end before: then they begin anew.
            for (let left = count; left > 0; )
              left -= (await explore(program, { strategy, schedules: left, seed: 1 })).schedules;
          }),
      })),
      {
        name: "fast-check",
        sample: () => perSecond(count, () => fc.assert(property, { numRuns: count, seed: 1 })),
      },
    ];
  },
};
