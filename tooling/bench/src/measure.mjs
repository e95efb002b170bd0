import { shuffled } from "./statistics.mjs";

// A round of one candidate takes about so long at most: slow ones do less. Nanoseconds.
const longest = 15e6;
// Some libraries forget somebody who waits, and then nothing goes on. Milliseconds.
const patience = 60_000;

/**
 * Nanoseconds of processor time that this process has used, garbage collection included. What is compared never waits for anything
 * but itself, and a busy machine stretches the time on the wall as it likes.
 */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

/**
 * Runs all candidates of one comparison in turn, round after round in one process, so that whatever disturbs the machine disturbs them
 * alike; each round in another order, so that none always comes after the same.
 *
 * A candidate has `run(count)`, which does so many operations and is timed, or `sample(count)`, which gives the figure itself. Gives the
 * figures of each, one a round: nanoseconds an operation for what is timed; `undefined` for one that did not end.
 */
export async function interleaved(candidates, { count, grain = 1, rounds, fixed = false, warmUps }) {
  const figures = candidates.map(() => []);
  const counts = candidates.map((one) => one.count ?? count);
  const stuck = new Set();
  // Until the engine has compiled what there is to compile; what gives its own figure sees to that itself.
  const warm = warmUps ?? (candidates.some(({ run }) => run !== undefined) ? 6 : 1);
  for (let round = -warm; round < rounds; round++) {
    for (const i of shuffled([...candidates.keys()])) {
      if (stuck.has(i)) continue;
      const { run, sample } = candidates[i];
      // Nobody pays for the garbage of the one before. A full collection would throw compiled code away, and give back the young
      // generation's memory, which everybody then pays for getting anew.
      globalThis.gc({ type: "minor" });
      const start = processorTime();
      const ended = await inTime(() => (sample ?? run)(counts[i]));
      const time = processorTime() - start;
      if (ended === late) stuck.add(i);
      else if (round >= 0) figures[i].push(sample === undefined ? time / counts[i] : ended);
      // The first of all is slower than it will be.
      else if (round === 1 - warm && !fixed && time > longest) {
        counts[i] = Math.max(1, Math.floor((counts[i] * longest) / time / grain)) * grain;
      }
    }
  }
  return figures.map((own, i) => (stuck.has(i) ? undefined : own));
}

const late = Symbol("late");

async function inTime(fn) {
  let timer;
  const tooLong = new Promise((resolve) => {
    timer = setTimeout(resolve, patience, late);
  });
  const ended = await Promise.race([fn(), tooLong]);
  clearTimeout(timer);
  return ended;
}
