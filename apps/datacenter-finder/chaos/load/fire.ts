import { setTimeout as after } from "node:timers/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import autocannon, { type Options, type Result } from "autocannon";
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
const cannons = 20;

/** How finely the event loop is watched, in milliseconds. */
const resolution = 5;

// Every request asks for something of its own, so that no two share a find.
let resources = 0;
const requests = [{ setupRequest: (request: object) => ({ ...request, path: `/v1/find/load-${resources++}` }) }];

/** Fires requests for finds. */
export async function fire(aim: Aim): Promise<Volley> {
  const answers = new Map<number, number[]>();
  const lag = monitorEventLoopDelay({ resolution });
  const begin = performance.now();
  lag.enable();
  const results = await Promise.all(shotsOf(aim).map((options, index) => shoot(options, index, answers)));
  lag.disable();

  for (const times of answers.values()) times.sort((a, b) => a - b);
  const total = (of: (result: Result) => number) => results.reduce((sum, result) => sum + of(result), 0);
  const answered = [...answers.values()].reduce((sum, { length }) => sum + length, 0);
  const [sent, errors] = [total(({ requests }) => requests.sent), total((result) => result.errors)];
  return {
    seconds: (performance.now() - begin) / 1000,
    sent,
    answers,
    errors,
    cut: sent - answered - errors,
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

async function shoot(options: Options, index: number, answers: Map<number, number[]>): Promise<Result> {
  await after((1000 / cannons) * index);
  return new Promise((resolve, reject) => {
    const cannon = autocannon(options, (error: Error | null, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
    cannon.on("response", (_client, status, _bytes, ms) => {
      const times = answers.get(status);
      if (times === undefined) answers.set(status, [ms]);
      else times.push(ms);
    });
  });
}
