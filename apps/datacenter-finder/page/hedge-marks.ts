import type { Run } from "./run.ts";

// How much earlier than it should a timer may seem to have fired: times are rounded.
const slack = 2;

/**
 * When the hedge was due: its delay after each request, unless the next was sent before, as one had failed or did not have it. None once all
 * have been asked, for there is nobody left to send one to.
 */
export function hedgeMarks({ begin, rows }: Run, end: number): number[] {
  if (begin?.waitsFor !== "hedge") return [];
  const starts = rows.flatMap(({ startedAt }) => startedAt ?? []).sort((a, b) => a - b);
  return starts.flatMap((at, index) => {
    const due = at + begin.options.hedgeDelay;
    const next = starts[index + 1] ?? (starts.length < rows.length ? end : at);
    return due <= next + slack && due <= end ? [due] : [];
  });
}
