import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Context, background, withTimeout } from "@conc/context";
import { seeded } from "@conc/internal";
import { WaitGroup } from "@conc/sync";
import { ServiceChild } from "../child/service-child.ts";
import { Client } from "../client.ts";
import { FaultyFleet } from "../faults/faulty-fleet.ts";
import { atMost, type Finding } from "../finding.ts";
import type { Setting } from "../part.ts";
import { type Draw, visit } from "../visits/visit.ts";
import { growth, sizesOf } from "./heap-growth.ts";

const visitors = 10;

/** How often memory is looked at. */
const looks = 4;

/** Visitors for minutes, by all strategies, among datacenters that misbehave, some of whom leave; and the service's memory meanwhile. */
export async function runSoak({ short, seed, say }: Setting): Promise<Finding> {
  const [warmUp, seconds] = short ? [6, 8] : [30, 300];
  await using fleet = await FaultyFleet.start();
  await using service = await ServiceChild.start({ fleet: fleet.one() });
  const folder = await mkdtemp(join(tmpdir(), "chaos-heap-"));
  try {
    using client = new Client(service.url);
    const draw = seeded(seed);
    say(`warming up, ${warmUp} s`);
    await visits(client, draw, warmUp);
    const [first, last] = [join(folder, "first.heapsnapshot"), join(folder, "last.heapsnapshot")];
    await service.snapshot(first);
    const heaps = [await service.heap()];
    let count = 0;
    for (let i = 0; i < looks; i++) {
      say(`${Math.round((i * seconds) / looks)} of ${seconds} s`);
      count += await visits(client, draw, seconds / looks);
      heaps.push(await service.heap());
    }
    await service.snapshot(last);
    return findingOf(heaps, count, seconds, growth(await sizesOf(first), await sizesOf(last), 5));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function findingOf(heaps: readonly number[], count: number, seconds: number, grown: [string, number][]): Finding {
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(2);
  const [first, last] = [heaps[0] as number, heaps.at(-1) as number];
  return {
    about: [
      `${count} finds in ${seconds} s, ${visitors} at a time, by all strategies, among datacenters that misbehave; seven of ten callers leave.`,
      `Memory that is reachable, after garbage collection, and what has grown most between a heap snapshot at the beginning and one at the end.`,
    ],
    columns: ["after", "MB"],
    rows: [
      ...heaps.map((bytes, i) => [`${Math.round((i * seconds) / looks)} s`, megabytes(bytes)]),
      ...grown.map(([name, bytes]) => [`grown: ${name}`, megabytes(bytes)]),
    ],
    checks: [atMost("growth of the memory that is reachable", (last / first - 1) * 100, 5, " %")],
  };
}

/** Visits for so long; gives how many. */
async function visits(client: Client, draw: Draw, seconds: number): Promise<number> {
  using ctx = withTimeout(background(), seconds * 1000);
  const wg = new WaitGroup();
  let count = 0;
  for (let i = 0; i < visitors; i++) {
    wg.go(async () => {
      while (!isOver(ctx)) {
        await visit(client, draw);
        count++;
      }
    });
  }
  await wg.wait();
  return count;
}

function isOver(ctx: Context): boolean {
  return ctx.err !== undefined;
}
