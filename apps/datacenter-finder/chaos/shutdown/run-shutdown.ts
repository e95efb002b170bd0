import { sleep } from "@conc/chan";
import { ServiceChild } from "../child/service-child.ts";
import { Client } from "../client.ts";
import { RawServer } from "../faults/raw-server.ts";
import { atLeast, atMost, type Finding, same } from "../finding.ts";
import type { Setting } from "../part.ts";
import { Crowd, type Fate } from "./crowd.ts";

/** How many ask for what is answered soon, and for what is never answered. */
const [brisk, stuck] = [60, 10];

/** How long the service may let finds end that run, and what it may need besides, in milliseconds. */
const [drain, grace] = [1000, 3000];

/** SIGTERM while many ask, some for what would take for ever. */
export async function runShutdown({ short, say }: Setting): Promise<Finding> {
  const rounds = short ? 2 : 10;
  const results: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    say(`round ${i + 1} of ${rounds}`);
    results.push(await round());
  }
  const fates = results.flatMap(({ fates }) => fates);
  const counts = new Map<Fate, number>();
  for (const fate of fates) counts.set(fate, (counts.get(fate) ?? 0) + 1);
  const known: Fate[] = [200, 503, "nobody listens"];
  const ends = [...new Set(results.map(({ end }) => end))];
  return {
    about: [
      `SIGTERM to a service that ${brisk} clients ask without a pause, and ${stuck} for what no datacenter ever answers; ${rounds} times over.`,
      `Running finds may end within ${drain} ms. A request is let in when its connection was; every one of those must have its answer.`,
    ],
    columns: ["how a request ended", "requests"],
    rows: [...counts].map(([fate, times]) => [typeof fate === "number" ? `answered ${fate}` : fate, times]),
    checks: [
      same(
        "requests that were let in and had neither an answer nor a 503",
        [...counts.keys()].filter((fate) => !known.includes(fate)),
        [],
      ),
      atLeast("requests refused with 503 because of the end", counts.get(503) ?? 0, rounds * stuck),
      same("how the service ended", ends, ["status 0"]),
      atMost("latest end after the signal", Math.max(...results.map(({ ms }) => ms)), drain + grace, " ms"),
      same(
        "requests still running at the datacenter",
        results.reduce((sum, { running }) => sum + running, 0),
        0,
      ),
    ],
  };
}

interface Round {
  readonly fates: readonly Fate[];
  readonly end: string;
  readonly ms: number;
  readonly running: number;
}

async function round(): Promise<Round> {
  await using datacenter = await RawServer.start((exchange) => {
    if (exchange.resource.startsWith("never")) return;
    exchange.after(50, () => {
      exchange.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
      exchange.done();
    });
  });
  const fleet = { datacenters: [{ name: "only", url: datacenter.url, weight: 1, timeout: "10m" }] };
  await using service = await ServiceChild.start({ fleet, env: { DRAIN: `${drain}ms` } });
  using client = new Client(service.url);
  const crowd = new Crowd();
  for (let i = 0; i < stuck; i++) crowd.join(client, (n) => `/v1/find/never-${i}-${n}?timeout=60s`);
  await until(() => datacenter.requests >= stuck);
  for (let i = 0; i < brisk; i++) crowd.join(client, (n) => `/v1/find/brisk-${i}-${n}`);
  // Everybody's connection has been accepted, and has been used.
  await until(() => crowd.heard >= brisk);
  const begin = performance.now();
  service.signal("SIGTERM");
  const { status, signal } = await service.ended;
  const ms = performance.now() - begin;
  await crowd.gone();
  return { fates: crowd.fates, end: signal ?? `status ${status}`, ms, running: datacenter.requests };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}
