/**
 * Nanoseconds of processor time that this process has used, garbage collection included. All that is compared never waits for anything
 * but itself, and a busy machine stretches the time on the wall as it likes.
 */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

// Until the engine has compiled what there is to compile.
const warmUps = 4;

/**
 * Runs all candidates of one comparison in turn, round after round in one process, so that whatever disturbs the machine disturbs them
 * alike. A candidate runs as many operations as it is told to. Gives the median time of each, in nanoseconds per operation.
 */
export async function interleaved(candidates, operations, rounds) {
  const times = candidates.map(() => []);
  for (let round = -warmUps; round < rounds; round++) {
    for (const [i, run] of candidates.entries()) {
      const count = Math.min(operations, run.most ?? operations);
      // Once without the clock: the garbage that the one before has left is not this one's to pay for. It is tempting to call gc()
      // instead, but that gives the young generation's memory back as well, and everybody pays for getting it anew.
      await run(count);
      const start = processorTime();
      await run(count);
      if (round >= 0) times[i].push((processorTime() - start) / count);
    }
  }
  return times.map(median);
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
