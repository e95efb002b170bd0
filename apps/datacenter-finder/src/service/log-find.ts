import type { Logger } from "pino";
import type { Caller } from "../caller.ts";
import type { Served } from "./finds.ts";

/**
 * One line of the log for a find: how it went, and what became of each datacenter. `askedAs` is the request that the datacenters were asked
 * for, if it was another caller's; `age` how many milliseconds ago that was, if it comes from the cache.
 */
export function logFind(logger: Logger, caller: Caller, { report, shared, leader, age }: Served): void {
  const { datacenters, ...summary } = report;
  const outcomes = Object.fromEntries(datacenters.map(({ datacenter, outcome }) => [datacenter, outcome]));
  const askedAs = leader === caller ? undefined : leader?.requestId;
  logger.info(
    { request: caller.requestId, trace: caller.trace?.id, ...summary, shared, askedAs, age, outcomes },
    "find",
  );
}
