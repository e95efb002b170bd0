// Until the engine has compiled what there is to compile.
const warmUps = 8;
// Some libraries forget somebody who waits, and then nothing goes on.
const patience = 20_000;

/**
 * Runs all candidates of one comparison in turn, round after round in one process, so that whatever disturbs the machine disturbs them
 * alike. Gives the median processor time of each, in nanoseconds per message; `undefined` for one that did not end.
 */
export async function interleaved(candidates, messages, rounds) {
  const times = candidates.map(() => []);
  const stuck = new Set();
  for (let round = -warmUps; round < rounds; round++) {
    for (const [i, run] of candidates.entries()) {
      if (stuck.has(i)) continue;
      // Nobody pays for the garbage of the one before. (A full collection would throw compiled code away.)
      globalThis.gc?.({ type: "minor" });
      const start = process.cpuUsage();
      if (!(await ends(run))) stuck.add(i);
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) times[i].push(((user + system) * 1e3) / messages);
    }
  }
  return times.map((one, i) => (stuck.has(i) ? undefined : median(one)));
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

async function ends(run) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  const ended = await Promise.race([run().then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
