import type { StrategyName } from "../strategies.ts";

/** What a datacenter of ours is like. */
export interface DatacenterSpec {
  readonly name: string;
  /** How long it takes to answer, in milliseconds. */
  readonly delay: number;
  readonly weight: number;
  /** What it fails with, if it does. */
  readonly failure?: string;
}

/** The workshop's datacenters. */
export const datacenters: readonly DatacenterSpec[] = [
  { name: "SBG", delay: 100, weight: 10 },
  { name: "GRA", delay: 200, weight: 20 },
  { name: "BHS", delay: 300, weight: 30 },
  { name: "RBX", delay: 100, weight: 10 },
  { name: "WAW", delay: 100, weight: 10 },
  { name: "DCError", delay: 100, weight: 10, failure: "something went wrong" },
];

const three = ["SBG", "GRA", "BHS"];
const five = [...three, "RBX", "WAW"];

/** Which of them each strategy asks, in this order. */
export const asked: Readonly<Record<StrategyName, readonly string[]>> = {
  sequential: three,
  waitgroup: three,
  scattergather: three,
  redundant: three,
  // First, so that it is the failure that comes first when SBG answers in the same millisecond.
  errgroup: ["DCError", ...three],
  hedged: three,
  semaphore: five,
  wsemaphore: five,
};
