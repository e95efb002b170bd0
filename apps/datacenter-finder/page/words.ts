import type { Row, Run } from "./run.ts";
import { hasEnded } from "./run.ts";

/** What a row of a timeline is, for its colour and the key to it. */
export type Kind = "found" | "absent" | "failed" | "cancelled" | "running" | "waiting" | "unasked";

export const kinds: Readonly<Record<Exclude<Kind, "unasked">, string>> = {
  found: "has it",
  absent: "does not have it",
  failed: "failed",
  cancelled: "cancelled",
  running: "asked, no answer yet",
  waiting: "waits for its turn, the hedge or the semaphore",
};

const waits = { turn: "waits for its turn", hedge: "held back by the hedge", semaphore: "waits for the semaphore" };
const waited = { turn: "waited for its turn", hedge: "held back by the hedge", semaphore: "waited for the semaphore" };

export function kindOf({ startedAt, ending }: Row, run: Run): Kind {
  if (ending?.type === "answered") return ending.found === true ? "found" : "absent";
  if (ending !== undefined) return ending.type === "failed" ? "failed" : "cancelled";
  if (startedAt !== undefined) return "running";
  return hasEnded(run) ? "unasked" : "waiting";
}

/** What became of a datacenter, or is becoming. */
export function wordsOf(row: Row, run: Run): string {
  const kind = kindOf(row, run);
  const reason = row.ending?.reason;
  if (kind === "unasked") return run.begin?.waitsFor ? `not asked: ${waitedWords(run)}` : "not asked";
  if (kind === "waiting") return waitWords(run);
  return reason === undefined ? kinds[kind] : `${kinds[kind]}: ${reason}`;
}

/** What those wait for that are not asked at once. */
export function waitWords({ begin }: Run): string {
  const what = begin?.waitsFor ?? null;
  return what === null ? "waits to be asked" : waits[what];
}

/** What they have waited for. */
export function waitedWords({ begin }: Run): string {
  const what = begin?.waitsFor ?? null;
  return what === null ? "" : waited[what];
}

/** How many were asked, of those that could be. */
export function countOf({ rows }: Run): string {
  const asked = rows.filter(({ startedAt }) => startedAt !== undefined).length;
  return `${asked} of ${rows.length} asked`;
}

/** How a run stands, in one line. */
export function verdictOf({ state, report, problem }: Run): string {
  switch (state) {
    case "waiting":
      return "Waiting to be let in";
    case "running":
      return "Asking ...";
    case "refused":
    case "gone":
      return problem ?? "";
    case "stopped":
      return "Stopped";
    case "reported":
      return report === undefined ? "" : reportWords(report);
  }
}

function reportWords({ result, datacenter, elapsed, error }: NonNullable<Run["report"]>): string {
  const time = formatMs(elapsed);
  switch (result) {
    case "found":
      return `Found in ${datacenter}, after ${time}`;
    case "not found":
      return `Not found: nobody who was asked has it, after ${time}`;
    case "failed":
      return `Failed after ${time}: ${error}`;
    case "deadline exceeded":
      return `No answer in time: the deadline passed after ${time}`;
    case "cancelled":
      return `Cancelled after ${time}: ${error}`;
  }
}

/** How it ended, for a badge and its colour. */
export function moodOf({ state, report }: Run): "busy" | "good" | "neutral" | "bad" {
  if (state === "reported")
    return report?.result === "found" ? "good" : report?.result === "not found" ? "neutral" : "bad";
  if (state === "refused" || state === "gone") return "bad";
  return state === "stopped" ? "neutral" : "busy";
}

export function formatMs(ms: number): string {
  return ms < 10 ? `${Math.round(ms * 10) / 10} ms` : `${Math.round(ms)} ms`;
}
