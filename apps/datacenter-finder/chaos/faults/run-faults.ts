import { mapConcurrent } from "@conc/patterns";
import { gone, left } from "../child/left.ts";
import { ServiceChild } from "../child/service-child.ts";
import { Client } from "../client.ts";
import { atMost, type Finding, same } from "../finding.ts";
import type { Setting } from "../part.ts";
import type { Circumstance } from "./expected.ts";
import { FaultyFleet } from "./faulty-fleet.ts";
import { type Fault, faults } from "./faults.ts";
import { killed } from "./killed.ts";
import { grace, isRight, type Trial, tryAgain, tryAll } from "./trial.ts";

const circumstances: readonly (Circumstance & { readonly name: string })[] = [
  { name: "one is faulty, its time is up first", faulty: "one", first: "datacenter" },
  { name: "one is, the find's time first", faulty: "one", first: "find" },
  { name: "all are, their time first", faulty: "all", first: "datacenter" },
  { name: "all are, the find's first", faulty: "all", first: "find" },
];

/** Every strategy among datacenters with every fault. */
export async function runFaults({ say }: Setting): Promise<Finding> {
  await using fleet = await FaultyFleet.start();
  await using one = await ServiceChild.start({ fleet: fleet.one(), counts: true });
  await using all = await ServiceChild.start({ fleet: fleet.all(), counts: true });
  const services = { one, all };
  const before = { one: await one.held(), all: await all.held() };

  const first: Trial[] = [];
  const tryFault = async (_: unknown, [name, { kind }]: [string, Fault]) => {
    say(name);
    using clients = new Clients(services);
    const batches = circumstances.map((circumstance) => tryAll(clients[circumstance.faulty], name, kind, circumstance));
    first.push(...(await Promise.all(batches)).flat());
  };
  // Three at a time: enough to be done soon, few enough that the finds are not late because there are so many.
  await mapConcurrent(Object.entries(faults), tryFault, { concurrency: 3 });
  const trials: Trial[] = [];
  for (const trial of first) {
    if (!isRight(trial)) say(`${trial.fault} by ${trial.strategy} again`);
    using clients = new Clients(services);
    trials.push(await tryAgain(clients[trial.faulty], (faults[trial.fault] as Fault).kind, trial));
  }
  // Nobody who has been told of an end still has a request running.
  const running = await gone(() => (fleet.requests === 0 ? {} : { requests: fleet.requests }));
  const lefts = [await left(one, before.one), await left(all, before.all)];
  const sockets = await gone(() => (fleet.sockets === 0 ? {} : { sockets: fleet.sockets }));

  say("killed");
  for (const circumstance of circumstances.filter(({ first }) => first === "datacenter")) {
    const result = await killed(fleet, circumstance);
    trials.push(...result.trials);
    lefts.push(result.left);
  }
  return findingOf(trials, running, sockets, lefts);
}

function findingOf(
  trials: readonly Trial[],
  running: Record<string, number>,
  sockets: Record<string, number>,
  lefts: readonly Record<string, number>[],
): Finding {
  const wrong = trials.filter(({ expected, got }) => expected !== got);
  const names = [...new Set(trials.map(({ fault }) => fault))];
  return {
    about: [
      "Eight strategies find among three datacenters of which one or all misbehave. Each cell: how the eight finds ended.",
      "What is right follows from what a strategy promises: chaos/faults/expected.ts.",
    ],
    columns: ["fault", ...circumstances.map(({ name }) => name)],
    rows: names.map((fault) => [fault, ...circumstances.map((circumstance) => cellOf(trials, fault, circumstance))]),
    checks: [
      {
        ...atMost("finds tried again, alone", trials.filter(({ again }) => again > 0).length, 0),
        onlyTold: true,
      },
      same(`of ${trials.length} finds, ended with another outcome than is right`, wrong.map(described).slice(0, 5), []),
      atMost("latest answer after the deadline", Math.max(...trials.map(({ late }) => late)), grace, " ms"),
      same("requests that still run at a datacenter", running, {}),
      same("connections that a datacenter still has", sockets, {}),
      same("waiting calls, timers and sockets that four services still have", Object.assign({}, ...lefts), {}),
    ],
  };
}

function described({ fault, strategy, faulty, first, expected, got }: Trial): string {
  return `${fault} by ${strategy}, ${faulty} faulty, the ${first}'s time first: expected ${expected}, got ${got}`;
}

function cellOf(trials: readonly Trial[], fault: string, { faulty, first }: Circumstance): string {
  const here = trials.filter((one) => one.fault === fault && one.faulty === faulty && one.first === first);
  const counts = new Map<string, number>();
  for (const { got } of here) counts.set(got, (counts.get(got) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join("\n");
}

class Clients implements Disposable {
  readonly one: Client;
  readonly all: Client;

  constructor({ one, all }: { one: ServiceChild; all: ServiceChild }) {
    this.one = new Client(one.url);
    this.all = new Client(all.url);
  }

  [Symbol.dispose](): void {
    this.one[Symbol.dispose]();
    this.all[Symbol.dispose]();
  }
}
