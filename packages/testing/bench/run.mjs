/**
 * The bench of the explorer: `pnpm bench --filter @conc/testing`, or `node --expose-gc bench/run.mjs [speed | time | seam]`.
 *
 * - speed: schedules per second, beside fast-check's scheduler, which orders promises that the test hands to it
 * - time: what an hour of virtual sleep costs
 * - seam: what the places where an explorer plugs in cost while none is: the primitives as they are beside the same sources without those
 */
import os from "node:os";
import { parseArgs } from "node:util";
import { seam } from "./seam.mjs";
import { speed } from "./speed.mjs";
import { time } from "./time.mjs";

const parts = { speed, time, seam };
const { positionals } = parseArgs({ allowPositionals: true });

console.log(
  `${os.cpus()[0]?.model ?? "unknown"} x ${os.cpus().length}, load ${os.loadavg()[0].toFixed(1)}, Node ${process.version}`,
);
for (const [name, run] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n${name}`);
  await run();
}
