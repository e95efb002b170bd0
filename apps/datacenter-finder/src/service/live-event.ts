import type { FindEvent } from "../find-event.ts";
import type { Report } from "../report.ts";
import type { StrategyEntry, StrategyName } from "../strategies.ts";
import type { StrategyOptions } from "../strategies/strategy.ts";

/** The first of a find's live events: what will be done. */
export interface Begin {
  readonly resource: string;
  readonly strategy: StrategyName;
  /** In milliseconds. */
  readonly timeout: number;
  /** Those that may be asked, in this order. */
  readonly datacenters: readonly string[];
  /** What those wait for that are not asked at once; null if all are. */
  readonly waitsFor: NonNullable<StrategyEntry["waitsFor"]> | null;
  readonly options: StrategyOptions;
}

/** What happens to one datacenter; `at` is in milliseconds from the find's beginning. */
export interface Step {
  readonly datacenter: string;
  readonly at: number;
  /** Whether it has the resource, if it answered. */
  readonly found?: boolean;
  /** Why it failed or was cancelled. */
  readonly reason?: string;
}

/** A find as it is told live: one `begin`, what happens, and one `report`, however the find ended. */
export type LiveEvent =
  | { readonly type: "begin"; readonly data: Begin }
  | { readonly type: FindEvent["type"]; readonly data: Step }
  | { readonly type: "report"; readonly data: Report };
