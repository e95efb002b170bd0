import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Report } from "../report.ts";

/** One line of the log for a find: how it went, and what became of each datacenter. `shared`: with others who asked for the same. */
export function logFind(logger: Logger, { datacenters, ...summary }: Report, shared = false): void {
  const outcomes = Object.fromEntries(datacenters.map(({ datacenter, outcome }) => [datacenter, outcome]));
  logger.info({ request: randomUUID(), ...summary, shared, outcomes }, "find");
}
