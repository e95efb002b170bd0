import { built } from "../child/built.ts";
import { Child } from "../child/child.ts";
import { ServiceChild } from "../child/service-child.ts";
import { atLeast, atMost, type Check, type Finding, same } from "../finding.ts";
import type { Setting } from "../part.ts";
import { columns, rowOf, type Stage, stage } from "./stage.ts";
import { percentile, rateOf, timesOf } from "./volley.ts";

/** As many connections as finds that the service, with its default limits, has in progress. */
const saturating = 40;

/** How many times what the service can sustain is fired at it. */
const factor = 10;

/** Enough for that, as long as who is refused is refused soon. */
const connections = 300;

/** A bound on time that is missed is measured again: what else goes on on the machine can only make it worse. */
const attempts = 3;

interface Attempt {
  readonly stages: readonly Stage[];
  readonly checks: readonly Check[];
}

/** Load on the service as it is started by default: next to none, as much as it takes, and ten times that. */
export async function runLoad({ short, say }: Setting): Promise<Finding> {
  await using datacenters = new Child(built("chaos/datacenters.js"));
  await using service = await ServiceChild.start({ fleet: await datacenters.said<object>() });

  say("warming up");
  await stage(service, "warm-up", { connections, seconds: short ? 3 : 10 });
  const heapBefore = await service.heap();
  const made: Attempt[] = [];
  do made.push(await attempt(service, short ? 4 : 60, say));
  while (!short && made.length < attempts && !made.at(-1)?.checks.every(({ ok }) => ok));
  const heapAfter = await service.heap();

  const stages = made.flatMap((one) => one.stages);
  return {
    about: [
      "Finds by the default strategy, hedged, with the default limits, each for something else, by autocannon; the service, its datacenters (100, 200",
      `and 300 ms) and who fires in a process each. Unloaded: 4 connections, each sends when it has its answer. Saturation: ${saturating}, as many as`,
      "there is room for; what is answered then is sustainable. Overload: ten times that a second, whatever becomes of it. Times are those of",
      "requests on open connections. All of it up to three times, until the bounds on time hold: a busy machine can only make them worse.",
    ],
    columns,
    rows: stages.map(rowOf),
    checks: [
      // Seconds are too few for a 99th percentile, and a busy machine must fail nobody's change: the short form only tells the times.
      ...(made.at(-1) as Attempt).checks.map((check) => ({ ...check, onlyTold: short })),
      ...stages.flatMap(accounts),
      atMost("memory in use after all that, to before", heapAfter / heapBefore, 1.2, "x"),
    ],
  };
}

async function attempt(service: ServiceChild, seconds: number, say: Setting["say"]): Promise<Attempt> {
  say("unloaded");
  const before = await stage(service, "unloaded", { connections: 4, seconds });
  say("saturation");
  const saturation = await stage(service, "saturation", { connections: saturating, seconds });
  const sustainable = rateOf(saturation, 200);
  say(`overload, ${Math.round(factor * sustainable)} requests a second`);
  const overload = await stage(service, "10x overload", { connections, seconds, rate: factor * sustainable });
  say("unloaded again");
  const after = await stage(service, "unloaded again", { connections: 4, seconds });

  // Before and after together: what disturbs the machine disturbs them as it does what is between.
  const unloaded = [...timesOf(before, 200), ...timesOf(after, 200)].sort((a, b) => a - b);
  const slowdown = percentile(timesOf(overload, 200), 0.99) / percentile(unloaded, 0.99);
  const load = overload.sent / overload.seconds / sustainable;
  const answered = rateOf(overload, 200) / sustainable;
  return {
    stages: [before, saturation, overload, after],
    checks: [
      atLeast("overload, to what is sustainable", load, 0.9 * factor, "x"),
      atMost("p99 of what is let in under overload, to that of the unloaded service", slowdown, 2, "x"),
      atLeast("answered under overload, to what is sustainable", answered, 0.5, "x"),
    ],
  };
}

/** Every request has had its answer, and the service has counted as many as we have: those in flight when we stopped, it may have answered. */
function accounts({ name, counts, errors, cut, counted }: Stage): Check[] {
  const others = [...counts.keys()].filter((status) => status !== 200 && status !== 503);
  const [answered, refused] = [counts.get(200) ?? 0, counts.get(503) ?? 0];
  const { found = 0, refused: refusals = 0, cancelled = 0, ...rest } = counted;
  const beyond = found + refusals + cancelled - answered - refused;
  return [
    same(
      `${name}: connections broken and requests unanswered; other answers than 200 and 503`,
      [errors, others],
      [0, []],
    ),
    {
      claim: `${name}: requests as the service counts them, beyond those that we have an answer to`,
      expected: `0 to ${cut}, of which we stopped waiting`,
      got: String(beyond),
      ok: beyond >= 0 && beyond <= cut && Object.values(rest).every((count) => count === 0),
    },
  ];
}
