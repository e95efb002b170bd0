/**
 * Nanoseconds of processor time that this process has used, garbage collection included. All that is compared never waits for anything
 * but itself, and a busy machine stretches the time on the wall as it likes.
 */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

// Until the engine has compiled what there is to compile.
const warmUps = 4;

/**
 * Runs all candidates of one comparison in turn, round after round in one process, so that whatever disturbs the machine disturbs them
 * alike. Gives the median time of each, in nanoseconds per operation.
 */
export async function interleaved(candidates, operations, rounds) {
  const times = candidates.map(() => []);
  for (let round = -warmUps; round < rounds; round++) {
    for (const [i, run] of candidates.entries()) {
      // Once without the clock: the garbage that the one before has left is not this one's to pay for.
      await run();
      const start = processorTime();
      await run();
      if (round >= 0) times[i].push((processorTime() - start) / operations);
    }
  }
  return times.map((values) => values.toSorted((a, b) => a - b)[values.length >> 1]);
}
