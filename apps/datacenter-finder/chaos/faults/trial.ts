import type { Report } from "../../src/report.ts";
import { type StrategyName, strategyNames } from "../../src/strategies.ts";
import type { Client } from "../client.ts";
import { type Circumstance, expected, type Right } from "./expected.ts";
import { datacenterTimeout } from "./faulty-fleet.ts";
import type { FaultKind } from "./faults.ts";

/** How long a find may take, in milliseconds, by whose time is to be up first. */
const timeouts = { datacenter: 10_000, find: 0.7 * datacenterTimeout };

/** How late an answer may be that tells of a deadline, in milliseconds: what a busy machine needs to run a timer and send some bytes. */
export const grace = 500;

/** How often a find is tried again that did not end right, alone then: among many on a busy machine a good datacenter can be late, too. */
const againAtMost = 2;

/** One find among faulty datacenters, and how it ended. */
export interface Trial extends Circumstance {
  readonly fault: string;
  readonly strategy: StrategyName;
  readonly expected: Right;
  readonly got: string;
  /** How much later than its deadline the answer was there, in milliseconds; negative: before. */
  readonly late: number;
  /** How often it was tried again. */
  readonly again: number;
}

/** Lets every strategy find, all at the same time. */
export function tryAll(client: Client, fault: string, kind: FaultKind, circumstance: Circumstance): Promise<Trial[]> {
  return Promise.all(strategyNames.map((strategy) => tryOne(client, fault, kind, circumstance, strategy)));
}

/** The same again, one after the other, until it ends right or has been tried often enough. */
export async function tryAgain(client: Client, kind: FaultKind, trial: Trial): Promise<Trial> {
  let last = trial;
  while (!isRight(last) && last.again < againAtMost) {
    last = await tryOne(client, trial.fault, kind, trial, trial.strategy, last.again + 1);
  }
  return last;
}

/** Whether a find has ended in time, with the outcome that is right. */
export function isRight({ expected, got, late }: Trial): boolean {
  return expected === got && late <= grace;
}

async function tryOne(
  client: Client,
  fault: string,
  kind: FaultKind,
  { faulty, first }: Circumstance,
  strategy: StrategyName,
  again = 0,
): Promise<Trial> {
  const timeout = timeouts[first];
  // A name of its own, so that no two share a find.
  const resource = `${fault}.${first}.${strategy}.${again}`;
  const { body, ms } = await client.ask(`/v1/find/${resource}?strategy=${strategy}&timeout=${timeout}ms`);
  return {
    faulty,
    first,
    fault,
    strategy,
    expected: expected(strategy, kind, { faulty, first }),
    got: outcomeOf(JSON.parse(body) as Partial<Report>),
    late: ms - timeout,
    again,
  };
}

// A problem has the members of the report, too.
function outcomeOf({ result, datacenter, ...rest }: Partial<Report>): string {
  if (result === "found") return `found in ${String(datacenter).replace(/\d/, "")}`;
  return result ?? JSON.stringify(rest);
}
