import type { Report } from "../../src/report.ts";
import { type StrategyName, strategyNames } from "../../src/strategies.ts";
import type { Client } from "../client.ts";
import { type Circumstance, expected, type Right } from "./expected.ts";
import { datacenterTimeout } from "./faulty-fleet.ts";
import type { FaultKind } from "./faults.ts";

/** How long a find may take, in milliseconds, by whose time is to be up first. */
const timeouts = { datacenter: 10_000, find: 0.7 * datacenterTimeout };

/** One find among faulty datacenters, and how it ended. */
export interface Trial extends Circumstance {
  readonly fault: string;
  readonly strategy: StrategyName;
  readonly expected: Right;
  readonly got: string;
  /** How much later than its deadline the answer was there, in milliseconds; negative: before. */
  readonly late: number;
}

/** Lets every strategy find, all at the same time. */
export function tryAll(client: Client, fault: string, kind: FaultKind, circumstance: Circumstance): Promise<Trial[]> {
  return Promise.all(strategyNames.map((strategy) => tryOne(client, fault, kind, circumstance, strategy)));
}

async function tryOne(
  client: Client,
  fault: string,
  kind: FaultKind,
  circumstance: Circumstance,
  strategy: StrategyName,
): Promise<Trial> {
  const timeout = timeouts[circumstance.first];
  // A name of its own, so that no two share a find.
  const resource = `${fault}.${circumstance.first}.${strategy}`;
  const { body, ms } = await client.ask(`/v1/find/${resource}?strategy=${strategy}&timeout=${timeout}ms`);
  return {
    ...circumstance,
    fault,
    strategy,
    expected: expected(strategy, kind, circumstance),
    got: outcomeOf(JSON.parse(body) as Partial<Report>),
    late: ms - timeout,
  };
}

// A problem has the members of the report, too.
function outcomeOf({ result, datacenter, ...rest }: Partial<Report>): string {
  if (result === "found") return `found in ${String(datacenter).replace(/\d/, "")}`;
  return result ?? JSON.stringify(rest);
}
