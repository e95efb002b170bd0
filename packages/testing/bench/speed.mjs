import { Mutex, WaitGroup } from "@conc/sync";
import { explore, interleave } from "@conc/testing";
import fc from "fast-check";
import { median } from "./median.mjs";

const rounds = 7;
const schedules = 5_000;

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
const withFastCheck = fc.asyncProperty(fc.scheduler(), async (s) => {
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

async function perSecond(run) {
  const rates = [];
  for (let round = -2; round < rounds; round++) {
    const begin = performance.now();
    await run();
    if (round >= 0) rates.push((schedules / (performance.now() - begin)) * 1000);
  }
  return median(rates);
}

export async function speed() {
  const { steps } = await explore(program, { schedules: 1, seed: 1 });
  console.log(`${schedules} schedules of ${steps} steps, median of ${rounds} rounds, schedules per second`);
  for (const strategy of ["mix", "random", "pct", "exhaustive", "dpor"]) {
    const rate = await perSecond(async () => {
      // The systematic ones may come to an end before: then they begin anew.
      for (let left = schedules; left > 0; )
        left -= (await explore(program, { strategy, schedules: left, seed: 1 })).schedules;
    });
    console.log(`  ${strategy.padEnd(12)}${Math.round(rate).toLocaleString("en").padStart(8)}`);
  }
  const rate = await perSecond(() => fc.assert(withFastCheck, { numRuns: schedules, seed: 1 }));
  console.log(
    `  ${"fast-check".padEnd(12)}${Math.round(rate).toLocaleString("en").padStart(8)}   10 steps; orders what the test hands to it`,
  );
}
