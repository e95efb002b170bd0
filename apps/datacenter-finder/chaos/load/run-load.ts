import { Child } from "../child/child.ts";
import { built } from "../child/built.ts";
import { ServiceChild } from "../child/service-child.ts";
import { atLeast, atMost, type Check, type Finding, same } from "../finding.ts";
import type { Setting } from "../part.ts";
import { columns, rowOf, type Stage, stage } from "./stage.ts";
import { percentile, timesOf } from "./volley.ts";

/** As many connections as finds of which the service, with its default limits, has all in progress. */
const saturating = 40;

/** Ten times what the service can sustain. */
const factor = 10;

/** Load on the service as it is started by default: next to none, as much as it takes, and ten times that. */
export async function runLoad({ short, say }: Setting): Promise<Finding> {
  await using datacenters = new Child(built("chaos/datacenters.js"));
  await using service = await ServiceChild.start({ fleet: await datacenters.said<object>() });
  const seconds = short ? 5 : 60;

  say("warming up");
  await stage(service, "warm-up", { connections: saturating, seconds: short ? 4 : 10 });
  const heapBefore = await service.heap();
  say("unloaded");
  const before = await stage(service, "unloaded", { connections: 4, seconds });
  say("saturation");
  const saturation = await stage(service, "saturation", { connections: saturating, seconds });
  const sustainable = timesOf(saturation, 200).length / saturation.seconds;
  say(`overload: ${Math.round(factor * sustainable)} requests per second`);
  const overload = await stage(service, "10x overload", { connections: 400, seconds, rate: factor * sustainable });
  say("unloaded again");
  const after = await stage(service, "unloaded again", { connections: 4, seconds });
  const heapAfter = await service.heap();

  const stages = [before, saturation, overload, after];
  // Before and after together: what disturbs the machine disturbs them as it does what is between.
  const unloaded = [...timesOf(before, 200), ...timesOf(after, 200)].sort((a, b) => a - b);
  const [calm, busy] = [percentile(unloaded, 0.99), percentile(timesOf(overload, 200), 0.99)];
  return {
    about: [
      "Finds by the default strategy, hedged, with the default limits, each for something else, by autocannon; the service, the datacenters",
      "(100, 200 and 300 ms) and who fires in a process each. Unloaded: four connections, each sends when it has its answer. Saturation: as",
      "many as the service takes in; what it answers then is sustainable. Overload: ten times that per second, whatever becomes of it.",
    ],
    columns,
    rows: stages.map(rowOf),
    checks: [
      atLeast(
        "requests sent under overload, to what is sustainable",
        overload.sent / overload.seconds / sustainable,
        0.9 * factor,
        "x",
      ),
      atMost("p99 of what is answered under overload, to that of the unloaded service", busy / calm, 2, "x"),
      atLeast(
        "answered under overload, to what is sustainable",
        timesOf(overload, 200).length / overload.seconds / sustainable,
        0.5,
        "x",
      ),
      ...stages.flatMap(accounts),
      atMost("memory in use after all that, to before", heapAfter / heapBefore, 1.1, "x"),
    ],
  };
}

/** Every request has an answer, and the service has counted as many as we have. */
function accounts({ name, answers, errors, counted }: Stage): Check[] {
  const statuses = [...answers.keys()].filter((status) => status !== 200 && status !== 503);
  const answered = answers.get(200)?.length ?? 0;
  const refused = answers.get(503)?.length ?? 0;
  const { found = 0, refused: countedRefused = 0, cancelled = 0 } = counted;
  return [
    same(`${name}: requests without an answer, other answers than 200 and 503`, [errors, ...statuses], [0]),
    same(
      `${name}: answered and refused, as the service counts`,
      [found + cancelled >= answered, countedRefused >= refused],
      [true, true],
    ),
  ];
}
