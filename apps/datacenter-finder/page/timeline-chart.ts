import * as Plot from "@observablehq/plot";
import { hedgeMarks } from "./hedge-marks.ts";
import type { Row, Run } from "./run.ts";
import { hasEnded, lengthOf } from "./run.ts";
import { kindOf, waitedWords, waitWords, wordsOf } from "./words.ts";

export interface ChartOptions {
  readonly width: number;
  /** Where the time axis ends, in milliseconds. */
  readonly span: number;
  /** How far the find has come, in milliseconds, while it runs. */
  readonly now: number;
}

interface Bar {
  readonly datacenter: string;
  readonly from: number;
  readonly to: number;
  readonly fill: string;
  readonly told: string;
}

const rowHeight = 38;
const margin = { left: 66, right: 14, bottom: 34 };
/** About how wide a letter is, in pixels: for what has to fit. */
const letter = 6.2;

/** Draws a run: a row for each datacenter, with a bar for as long as it was asked and an outline for as long as it waited. */
export function drawTimeline(run: Run, { width, span, now }: ChartOptions): SVGElement | HTMLElement {
  const end = hasEnded(run) ? lengthOf(run) : now;
  const { rows } = run;
  const hedges = hedgeMarks(run, end);
  const pixels = (width - margin.left - margin.right) / span;
  const marginTop = run.begin?.waitsFor === "hedge" ? 20 : 8;
  const chart = Plot.plot({
    width,
    height: rows.length * rowHeight + marginTop + margin.bottom,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop,
    marginBottom: margin.bottom,
    className: "timeline",
    style: { background: "none", color: "var(--muted)", fontSize: "12px", overflow: "visible" },
    x: { domain: [0, span], label: "milliseconds", ticks: Math.max(2, Math.floor(width / 90)) },
    y: { domain: rows.map(({ datacenter }) => datacenter), label: null, padding: 0 },
    marks: [
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisY({ tickSize: 0, fill: "var(--text)", fontSize: 12 }),
      Plot.barX(waitingBars(run, end), { ...places, stroke: "var(--muted)", strokeDasharray: "3 3", fill: "none" }),
      Plot.barX(askedBars(run, end), { ...places, fill: "fill", rx: 2 }),
      Plot.text(
        rows.filter((row) => (row.startedAt ?? 0) * pixels > waitedWords(run).length * letter),
        {
          x: 0,
          y: "datacenter",
          text: () => waitedWords(run),
          textAnchor: "start",
          dx: 6,
          dy: 7.5,
          fontSize: 10.5,
          fill: "var(--muted)",
          className: "waited",
        },
      ),
      Plot.ruleX(hedges, { stroke: "var(--hedge)", strokeDasharray: "2 3", strokeWidth: 1.5, className: "hedges" }),
      Plot.text(hedges.slice(0, 1), {
        x: (x: number) => x,
        frameAnchor: "top",
        dy: -13,
        text: () => `hedge, ${run.begin?.options.hedgeDelay} ms`,
        fill: "var(--hedge)",
      }),
      Plot.ruleX(hasEnded(run) ? [end] : [], { stroke: "var(--text)", strokeWidth: 1.5, className: "end" }),
      labels(run, end, span, width),
    ],
    color: { type: "identity" },
  });
  // Its rules are in our own style sheet: the page's policy forbids styles that a script writes.
  chart.querySelector("style")?.remove();
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", `${run.strategy}: ${rows.map((row) => describe(row, run)).join("; ")}`);
  return chart;
}

const places = { y: "datacenter", x1: "from", x2: "to", insetTop: 18, insetBottom: 4, ariaLabel: "told" } as const;

/** What became of each, above its bar: from the bar's beginning where there is room for it, else up to its end, or to the right margin. */
function labels(run: Run, end: number, span: number, width: number): Plot.Text[] {
  const room = width - margin.left - margin.right;
  const pixels = room / span;
  const labels = run.rows.map((row) => {
    const { datacenter, startedAt = 0, ending } = row;
    const text = wordsOf(row, run);
    const long = text.length * letter;
    const to = Math.max(startedAt, ending?.at ?? end);
    if (startedAt * pixels + long <= room) return { datacenter, text, at: startedAt, anchor: "start" } as const;
    return { datacenter, text, at: to * pixels > long ? to : span, anchor: "end" } as const;
  });
  return (["start", "end"] as const).map((anchor) =>
    Plot.text(
      labels.filter((label) => label.anchor === anchor),
      {
        x: "at",
        y: "datacenter",
        text: "text",
        textAnchor: anchor,
        textOverflow: "ellipsis",
        lineWidth: room / 12,
        dx: anchor === "end" ? -4 : 0,
        dy: -10,
        fill: "var(--text)",
        // Readable where a line crosses it.
        stroke: "var(--card)",
        strokeWidth: 4,
        className: "words",
      },
    ),
  );
}

function askedBars(run: Run, end: number): Bar[] {
  return run.rows.flatMap((row) => {
    const { datacenter, startedAt, ending } = row;
    if (startedAt === undefined) return [];
    const to = ending?.at ?? Math.max(startedAt, end);
    return { datacenter, from: startedAt, to, fill: `var(--${kindOf(row, run)})`, told: describe(row, run) };
  });
}

// Also of those that were never asked: they waited to the end.
function waitingBars(run: Run, end: number): Bar[] {
  if ((run.begin?.waitsFor ?? null) === null) return [];
  return run.rows.map(({ datacenter, startedAt }) => {
    return { datacenter, from: 0, to: startedAt ?? end, fill: "none", told: `${datacenter}: ${waitWords(run)}` };
  });
}

function describe(row: Row, run: Run): string {
  const { datacenter, startedAt, ending } = row;
  const times =
    startedAt === undefined ? "" : `, from ${startedAt} ms${ending === undefined ? "" : ` to ${ending.at} ms`}`;
  return `${datacenter}: ${wordsOf(row, run)}${times}`;
}

/** The end of the time axis for these runs: the same for all of them, so that they can be compared. */
export function spanOf(runs: readonly Run[], now: (run: Run) => number): number {
  const longest = Math.max(50, ...runs.map((run) => (hasEnded(run) ? lengthOf(run) : now(run))));
  return Math.ceil((longest * 1.04) / 50) * 50;
}
