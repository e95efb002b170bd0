import * as Plot from "@observablehq/plot";
import type { TailResult } from "../src/tail/tail-result.ts";
import { spread } from "./spread.ts";

const size = { height: 320, top: 16, right: 104, bottom: 40, left: 46 };
/** One find in so many: the percentiles that are named, and those for which there is room on a narrow screen. */
const ticks = { wide: [2, 4, 10, 20, 100, 200, 1000], narrow: [2, 10, 100, 1000] };

/** Draws for each strategy how long its finds took, from the median out to the slowest, each nine as wide as the one before. */
export function drawTail(results: readonly TailResult[], width: number): SVGElement | HTMLElement {
  const longest = Math.max(...results.map(({ most }) => most)) * 1.02;
  const count = Math.max(...results.map(({ times }) => times.length));
  // One find in so many took as long, or longer.
  const points = results.flatMap(({ strategy, times }) =>
    times.map((ms, index) => ({ strategy, ms, oneIn: times.length / (times.length - index) })),
  );
  const inner = size.height - size.top - size.bottom;
  const heightOf = ({ most }: TailResult) => size.top + inner * (1 - most / longest);
  const labels = spread(results.map(heightOf), 15, size.height - size.bottom);
  const chart = Plot.plot({
    width,
    height: size.height,
    marginTop: size.top,
    marginRight: size.right,
    marginBottom: size.bottom,
    marginLeft: size.left,
    className: "tail",
    style: { background: "none", color: "var(--muted)", fontSize: "12px", overflow: "visible" },
    x: {
      type: "log",
      domain: [1.25, count],
      label: "so many of the finds had ended",
      ticks: ticks[width < 560 ? "narrow" : "wide"].filter((tick) => tick <= count),
      tickFormat: (oneIn: number) => `${Math.round(1000 - 1000 / oneIn) / 10} %`,
      grid: true,
    },
    y: { domain: [0, longest], label: "milliseconds", grid: true, ticks: 6 },
    marks: [
      Plot.line(points, {
        x: "oneIn",
        y: "ms",
        stroke: ({ strategy }: TailResult) => `var(--series-${strategy})`,
        z: "strategy",
        curve: "step-before",
        strokeWidth: 2,
        clip: true,
      }),
      results.map((result, index) =>
        Plot.text([result], {
          x: () => count,
          y: "most",
          dx: 8,
          dy: (labels[index] as number) - heightOf(result),
          text: "strategy",
          textAnchor: "start",
          fill: () => `var(--series-${result.strategy})`,
          fontWeight: 600,
        }),
      ),
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
