import * as Plot from "@observablehq/plot";
import type { TailResult } from "../src/tail/tail-result.ts";

/** Draws for each strategy how many requests a find has made besides the one that it needs. */
export function drawLoad(results: readonly TailResult[], width: number): SVGElement | HTMLElement {
  const extra = ({ load }: TailResult) => load - 1;
  const chart = Plot.plot({
    width,
    height: 320,
    marginTop: 16,
    marginRight: 48,
    marginBottom: 40,
    marginLeft: 96,
    className: "tail",
    style: { background: "none", color: "var(--muted)", fontSize: "12px", overflow: "visible" },
    x: { domain: [0, Math.max(1, ...results.map(extra))], label: "extra requests a find", ticks: 3, grid: true },
    y: { domain: results.map(({ strategy }) => strategy), label: null, padding: 0.35 },
    marks: [
      Plot.axisY({ tickSize: 0, fill: "var(--text)", fontSize: 12 }),
      Plot.barX(results, {
        y: "strategy",
        x: extra,
        fill: ({ strategy }: TailResult) => `var(--series-${strategy})`,
        rx: 2,
      }),
      Plot.text(results, {
        y: "strategy",
        x: extra,
        text: (result: TailResult) => `+${extra(result).toFixed(2)}`,
        textAnchor: "start",
        dx: 6,
        fill: "var(--text)",
      }),
    ],
    color: { type: "identity" },
  });
  chart.querySelector("style")?.remove();
  chart.setAttribute("role", "img");
  chart.setAttribute(
    "aria-label",
    `Extra requests a find: ${results.map((one) => `${one.strategy} ${extra(one).toFixed(2)}`).join(", ")}`,
  );
  return chart;
}
