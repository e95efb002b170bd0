import * as Plot from "@observablehq/plot";
import type { TailResult } from "../src/tail/tail-result.ts";

/** Draws for each strategy which share of the finds had ended by when. */
export function drawTail(results: readonly TailResult[], width: number): SVGElement | HTMLElement {
  const points = results.flatMap(({ strategy, times }) =>
    times.map((ms, index) => ({ strategy, ms, share: ((index + 1) / times.length) * 100 })),
  );
  const chart = Plot.plot({
    width,
    height: 300,
    marginLeft: 48,
    marginRight: 24,
    marginBottom: 40,
    className: "tail",
    style: { background: "none", color: "var(--muted)", fontSize: "12px", overflow: "visible" },
    x: {
      label: "milliseconds",
      ticks: Math.max(2, Math.floor(width / 90)),
      domain: [0, Math.max(...results.map(({ most }) => most)) * 1.02],
    },
    y: { label: "% of finds ended", domain: [0, 100], grid: true },
    marks: [
      Plot.ruleY([99], { stroke: "var(--hedge)", strokeDasharray: "2 3" }),
      Plot.line(points, {
        x: "ms",
        y: "share",
        stroke: ({ strategy }: TailResult) => colorOf(strategy, results),
        z: "strategy",
        curve: "step-after",
        strokeWidth: 2,
      }),
    ],
    color: { type: "identity" },
  });
  chart.querySelector("style")?.remove();
  chart.setAttribute("role", "img");
  chart.setAttribute(
    "aria-label",
    `How long finds took, of ${results.map(({ strategy }) => strategy).join(", ")}: the table has the numbers`,
  );
  return chart;
}

/** A strategy's colour in the chart and the table. */
export function colorOf(strategy: string, results: readonly TailResult[]): string {
  return `var(--series-${results.findIndex((one) => one.strategy === strategy) + 1})`;
}
