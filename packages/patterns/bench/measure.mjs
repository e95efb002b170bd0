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
      const start = performance.now();
      await run();
      if (round >= 0) times[i].push(((performance.now() - start) * 1e6) / operations);
    }
  }
  return times.map((values) => values.toSorted((a, b) => a - b)[values.length >> 1]);
}
