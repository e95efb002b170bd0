/**
 * Runs all candidates of one comparison in turn, round after round in one process, so that whatever disturbs the machine disturbs them
 * alike. Each does its thing `times` times, at once or as a promise. Gives the median time of one, in nanoseconds, and the median over
 * the rounds of how it stands to the first.
 */
export async function interleaved(candidates, rounds) {
  const times = candidates.map(() => []);
  for (let round = -2; round < rounds; round++) {
    for (const [i, { run, times: count }] of candidates.entries()) {
      const start = performance.now();
      await run(count);
      // The first rounds warm up.
      if (round >= 0) times[i].push(((performance.now() - start) * 1e6) / count);
    }
  }
  return times.map((own) => ({ ns: median(own), ratio: median(own.map((time, round) => time / times[0][round])) }));
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
