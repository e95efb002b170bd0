import { Chan, type ReceiveChan } from "@conc/chan";
import { onTestFinished } from "vitest";
import type { JournalEntry } from "../../src/fleet/datacenter.ts";
import type { Fleet } from "../../src/fleet/fleet.ts";
import { startLocalFleet } from "../../src/fleet/local-fleet.ts";
import type { DatacenterSpec } from "../../src/fleet/workshop.ts";
import type { StrategyOptions } from "../../src/strategies/strategy.ts";

/** What no test waits for. */
export const forever = 3_600_000;

/** A datacenter of a test: it answers at once, unless told otherwise. */
export function spec(name: string, more: Partial<DatacenterSpec> = {}): DatacenterSpec {
  return { name, delay: 0, weight: 10, ...more };
}

export interface TestFleet {
  readonly fleet: Fleet;
  /** What the datacenters have taken down, in the order it happened. */
  readonly journal: ReceiveChan<JournalEntry>;
  /** Waits until each of the datacenters has taken that down of a request. */
  readonly noted: (what: JournalEntry["what"], ...names: readonly string[]) => Promise<void>;
}

/** Real datacenters on loopback, for one test. */
export async function startFleet(
  datacenters: readonly DatacenterSpec[],
  options?: Partial<StrategyOptions>,
): Promise<TestFleet> {
  const journal = new Chan<JournalEntry>(1000);
  const started = await startLocalFleet({
    datacenters,
    timeout: forever,
    journal: (entry) => void journal.trySend(entry),
  });
  onTestFinished(() => started.close());
  const noted: TestFleet["noted"] = async (what, ...names) => {
    for (const missing = new Set(names); missing.size > 0; ) {
      const { value } = await journal.recv();
      if (value?.what === what) missing.delete(value.datacenter);
    }
  };
  return { fleet: { ...started, options: { ...started.options, ...options } }, journal, noted };
}
