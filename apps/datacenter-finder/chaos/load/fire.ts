import { setTimeout as after } from "node:timers/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import autocannon, { type Client, type Options, type Result } from "autocannon";
import { Tally } from "./tally.ts";
import type { Volley } from "./volley.ts";

/** What is fired at the service. */
export interface Aim {
  readonly url: string;
  readonly seconds: number;
  readonly connections: number;
  /** Requests per second, whatever becomes of those before; absent: each connection sends the next when it has its answer. */
  readonly rate?: number;
}

/** A rate is fired by so many cannons in turn: one alone sends the whole of a second in its first moment. */
const cannons = 50;

/** How finely the event loop is watched, in milliseconds. */
const resolution = 5;

// Every request asks for something of its own, so that no two share a find.
let resources = 0;
const requests = [{ setupRequest: (request: object) => ({ ...request, path: `/v1/find/load-${resources++}` }) }];

/** Fires requests for finds. */
export async function fire(aim: Aim): Promise<Volley> {
  const { rate } = aim;
  const tally = new Tally<Client>();
  const lag = monitorEventLoopDelay({ resolution });
  lag.enable();
  const shots = shotsOf(aim);
  const results = await Promise.all(shots.map((options, index) => shoot(options, index, tally)));
  lag.disable();

  // Where there is a rate, autocannon counts a second's requests of each connection once too often; but then it sends as many as it was told.
  const sent = sum(results.map(({ requests }, index) => shots[index]?.amount ?? requests.sent));
  const errors = sum(results.map((result) => result.errors));
  return {
    // A rate is fired in a burst a second, the last of which stands for a second like any other; and each cannon begins a little later.
    seconds: rate === undefined ? tally.seconds : Math.max(aim.seconds, tally.seconds - 1),
    sent,
    counts: tally.counts,
    times: tally.times,
    errors,
    cut: sent - tally.total - errors,
    ownLag: Math.max(0, lag.percentile(99) / 1e6 - resolution),
  };
}

function shotsOf({ url, seconds, connections, rate }: Aim): Options[] {
  if (rate === undefined) return [{ url, requests, connections, duration: seconds }];
  return Array.from({ length: cannons }, () => ({
    url,
    requests,
    connections: Math.ceil(connections / cannons),
    overallRate: Math.ceil(rate / cannons),
    // As many as fit, and not as long as it takes: so that each is waited for.
    amount: Math.ceil((rate * seconds) / cannons),
  }));
}

async function shoot(options: Options, index: number, tally: Tally<Client>): Promise<Result> {
  await after((1000 / cannons) * index);
  return new Promise((resolve, reject) => {
    const cannon = autocannon(options, (error: Error | null, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
    cannon.on("response", (client, status, _bytes, ms) => tally.add(client, status, ms));
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
