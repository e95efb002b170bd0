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
      const start = performance.now();
      await run(count);
      if (round >= 0) times[i].push(((performance.now() - start) * 1e6) / count);
    }
  }
  return times.map(median);
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
