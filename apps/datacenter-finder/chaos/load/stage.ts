import type { ServiceChild } from "../child/service-child.ts";
import { type Aim, fire } from "./fire.ts";
import { percentile, rateOf, timesOf, type Volley } from "./volley.ts";

/** A volley, and what it did to the service. */
export interface Stage extends Volley {
  readonly name: string;
  /** The share of one processor that the service used. */
  readonly processor: number;
  /** How many requests for finds the service itself has counted, by how they ended. */
  readonly counted: Readonly<Record<string, number>>;
}

/** Fires at the service. */
export async function stage(service: ServiceChild, name: string, aim: Omit<Aim, "url">): Promise<Stage> {
  const countsBefore = await countsOf(service);
  const [before, begin] = [await service.usage(), performance.now()];
  const volley = await fire({ url: service.url, ...aim });
  const [after, end] = [await service.usage(), performance.now()];
  const countsAfter = await countsOf(service);
  const counted: Record<string, number> = {};
  for (const [outcome, count] of Object.entries(countsAfter)) counted[outcome] = count - (countsBefore[outcome] ?? 0);
  return { name, ...volley, processor: (after.cpu - before.cpu) / (end - begin), counted };
}

export const columns = [
  "",
  "sent/s",
  "answered/s",
  "refused/s",
  "lost",
  "p50 ms",
  "p99 ms",
  "most ms",
  "refusal p99 ms",
  "processor",
  "own lag p99 ms",
];

/** A stage as a row of the table. */
export function rowOf(stage: Stage): (string | number)[] {
  const { name, seconds, sent, errors, processor, ownLag } = stage;
  const [answered, refused] = [timesOf(stage, 200), timesOf(stage, 503)];
  const ms = (value: number) => (Number.isNaN(value) ? "" : Math.round(value));
  return [
    name,
    Math.round(sent / seconds),
    Math.round(rateOf(stage, 200)),
    Math.round(rateOf(stage, 503)),
    errors,
    ms(percentile(answered, 0.5)),
    ms(percentile(answered, 0.99)),
    ms(percentile(answered, 1)),
    ms(percentile(refused, 0.99)),
    `${Math.round(processor * 100)} %`,
    ms(ownLag),
  ];
}

async function countsOf(service: ServiceChild): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, value] of await service.metrics()) {
    const outcome = /^finder_requests_total\{.*outcome="(\w+)"/.exec(name)?.[1];
    if (outcome !== undefined) counts[outcome] = (counts[outcome] ?? 0) + value;
  }
  return counts;
}
