import { background } from "@conc/context";
import { seeded } from "@conc/internal";
import { mapConcurrent } from "@conc/patterns";
import { gone, left } from "../child/left.ts";
import { ServiceChild } from "../child/service-child.ts";
import { Client } from "../client.ts";
import { FaultyFleet } from "../faults/faulty-fleet.ts";
import { atLeast, type Finding, same } from "../finding.ts";
import type { Setting } from "../part.ts";
import { type Visit, visit } from "./visit.ts";

const concurrency = 20;

/** Finds by thousands whose callers leave at any moment. */
export async function runDisconnects({ short, seed, say }: Setting): Promise<Finding> {
  const count = short ? 1000 : 10_000;
  await using fleet = await FaultyFleet.start();
  await using service = await ServiceChild.start({ fleet: fleet.one(), counts: true });
  const before = await service.held();
  say(`${count} finds, seed ${seed}`);

  const visits = await allVisits(service, count, seed);
  const running = await gone(() => (fleet.requests === 0 ? {} : { requests: fleet.requests }));
  const inFlight = await gone(() => service.inFlight());
  const held = await left(service, before);
  const sockets = await gone(() => (fleet.sockets === 0 ? {} : { sockets: fleet.sockets }));

  const counts = new Map<Visit, number>();
  for (const one of visits) counts.set(one, (counts.get(one) ?? 0) + 1);
  const known: Visit[] = ["left", 200, 502, 503, 504];
  return {
    about: [
      `${count} finds by strategies drawn at random, one of three datacenters misbehaving in a way drawn at random, ${concurrency} at a time.`,
      `Seven of ten callers would wait for a minute, and leave within 120 ms. Drawn from the seed ${seed}.`,
    ],
    columns: ["how it ended for the caller", "finds"],
    rows: [...counts].map(([visit, times]) => [typeof visit === "number" ? `answered ${visit}` : visit, times]),
    checks: [
      atLeast("finds whose caller left before the answer", counts.get("left") ?? 0, count / 10),
      same(
        "other endings",
        [...counts.keys()].filter((visit) => !known.includes(visit)),
        [],
      ),
      same("requests still running at a datacenter", running, {}),
      same("finds and requests in flight, by the service's metrics", inFlight, {}),
      same("waiting calls, timers and sockets that the service still has", held, {}),
      same("connections that a datacenter still has", sockets, {}),
    ],
  };
}

async function allVisits(service: ServiceChild, count: number, seed: number): Promise<Visit[]> {
  using client = new Client(service.url);
  const draw = seeded(seed);
  return await mapConcurrent(Array.from({ length: count }), () => visit(client, draw), {
    concurrency,
    ctx: background(),
  });
}
