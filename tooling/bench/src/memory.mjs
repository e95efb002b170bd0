/** Bytes that so many of what `make` gives hold, each. */
export function bytesEach(make, count) {
  const all = new Array(count);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count; i++) all[i] = make();
  globalThis.gc();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  // Both have to live until here, or the collector takes them: whoever waits is held by what `make` knows.
  if (all.length !== count || typeof make !== "function") throw new Error(`expected ${count} of what a function makes`);
  return bytes;
}

/** Bytes by which the heap has grown, for each of so many times that `run` did something and undid it. */
export async function bytesLeft(run, count) {
  await run(1_000);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  await run(count);
  globalThis.gc();
  return (process.memoryUsage().heapUsed - before) / count;
}
