import { init } from "echarts";
import type { Figures } from "./simulation.ts";

/** Draws what each policy makes of the tail, and what it costs: an SVG for the documentation. */
export function drawTail(figures: ReadonlyMap<string, Figures>): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 800, height: 480 });
  const names = [...figures.keys()];
  const bars = (name: string, panel: number, color: string, valueOf: (figures: Figures) => number, unit: string) => ({
    type: "bar" as const,
    name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    itemStyle: { color },
    label: { show: true, position: "right" as const, formatter: `{c} ${unit}` },
    data: [...figures.values()].map((one) => Math.round(valueOf(one))),
  });
  const axis = (gridIndex: number, labels: boolean) => ({
    type: "category" as const,
    gridIndex,
    inverse: true,
    data: names,
    axisLabel: { show: labels },
    axisTick: { show: false },
  });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: "sans-serif" },
    title: { text: "100,000 requests, ten seconds of them in a brown-out", left: 10, top: 8 },
    legend: { top: 40, left: 10, itemGap: 30 },
    grid: [
      { left: 180, width: 220, top: 90, bottom: 30 },
      { left: 460, width: 250, top: 90, bottom: 30 },
    ],
    xAxis: [
      { type: "value", gridIndex: 0, axisLabel: { show: false }, splitLine: { show: false } },
      { type: "value", gridIndex: 1, axisLabel: { show: false }, splitLine: { show: false } },
    ],
    yAxis: [axis(0, true), axis(1, false)],
    series: [
      bars("p99", 0, "#3a7ca5", ({ p99 }) => p99, "ms"),
      bars("p99.9", 0, "#9bc1d9", ({ p999 }) => p999, "ms"),
      bars("extra load, steady", 1, "#d9a441", ({ extraSteady }) => extraSteady * 100, "%"),
      bars("extra load, in the brown-out", 1, "#b23a48", ({ extraBrownOut }) => extraBrownOut * 100, "%"),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
