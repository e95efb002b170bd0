/*
 * Invariants:
 * - a run's rows are the datacenters of its `begin`, in that order; before it there are none;
 * - a row has an ending only if it has a start; nothing changes once the state is an ended one.
 */
import type { Report } from "../src/report.ts";
import type { Begin, LiveEvent, Step } from "../src/service/live-event.ts";
import type { StrategyName } from "../src/strategies.ts";

/** One datacenter's line in a timeline. Times are milliseconds from the find's beginning. */
export interface Row {
  readonly datacenter: string;
  readonly startedAt?: number;
  readonly ending?: Step & { readonly type: "answered" | "failed" | "cancelled" };
}

/** A find as the page knows it. */
export interface Run {
  readonly strategy: StrategyName;
  /** `refused`: the service would not begin; `gone`: it left in the middle; `stopped`: the user has had enough. */
  readonly state: "waiting" | "running" | "reported" | "refused" | "gone" | "stopped";
  readonly begin?: Begin;
  readonly rows: readonly Row[];
  readonly report?: Report;
  /** Why it was refused, or that the service has gone. */
  readonly problem?: string;
}

export function newRun(strategy: StrategyName): Run {
  return { strategy, state: "waiting", rows: [] };
}

/** The run after an event. */
export function advance(run: Run, event: LiveEvent): Run {
  switch (event.type) {
    case "begin":
      return {
        ...run,
        state: "running",
        begin: event.data,
        rows: event.data.datacenters.map((datacenter) => ({ datacenter })),
      };
    case "started":
      return withRow(run, event.data.datacenter, (row) => ({ ...row, startedAt: event.data.at }));
    case "answered":
    case "failed":
    case "cancelled": {
      const ending = { ...event.data, type: event.type };
      return withRow(run, event.data.datacenter, (row) => ({ ...row, ending }));
    }
    case "report":
      return { ...run, state: "reported", report: event.data };
  }
}

/** The run after the service refused it or left, or the user stopped it. */
export function give(run: Run, state: "refused" | "gone" | "stopped", problem?: string): Run {
  if (hasEnded(run)) return run;
  return { ...run, state, ...(problem === undefined ? {} : { problem }) };
}

export function hasEnded({ state }: Run): boolean {
  return state !== "waiting" && state !== "running";
}

/** The last time that the run knows of. */
export function lengthOf({ report, rows }: Run): number {
  return report?.elapsed ?? Math.max(0, ...rows.map(({ startedAt = 0, ending }) => ending?.at ?? startedAt));
}

function withRow(run: Run, datacenter: string, change: (row: Row) => Row): Run {
  return { ...run, rows: run.rows.map((row) => (row.datacenter === datacenter ? change(row) : row)) };
}
