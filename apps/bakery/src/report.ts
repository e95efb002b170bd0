import { writeFile } from "node:fs/promises";
import type { DayOptions } from "./events.ts";
import type { Summary, Tally } from "./tally.ts";
import { doorWords, summaryLines, timeOfDay } from "./words.ts";

const width = 1000;
const height = 560;
const colors = {
  inside: "#b5651d",
  queue: "#3a7ca5",
  limit: "#b23a48",
  visit: "#e9d8a6",
  text: "#33302b",
  paper: "#fdfaf5",
};

/** Draws the day to a file: an SVG picture, or an HTML page that holds the picture and the closing figures. */
export async function writeReport(file: string, tally: Tally, options: DayOptions): Promise<void> {
  const svg = await drawSvg(tally, options);
  await writeFile(file, /\.html$/i.test(file) ? page(svg, tally.summary(), options) : svg);
}

/** Occupancy above, the queue below, over the day. */
export async function drawSvg(tally: Tally, options: DayOptions): Promise<string> {
  const { init } = await import("echarts");
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  const end = tally.points.at(-1)?.t ?? 0;
  const { from, to } = tally.visit;
  const time = {
    type: "value",
    min: 0,
    max: Math.max(end, 1),
    splitLine: { show: false },
    interval: stepOf(end),
  } as const;
  const clock = (t: number) => timeOfDay(t).slice(0, 5);
  chart.setOption({
    animation: false,
    backgroundColor: colors.paper,
    textStyle: { fontFamily: "sans-serif", color: colors.text },
    title: {
      text: "A day at the bakery",
      subtext: `${options.customers} customers, ${options.stock} chocolatines; ${doorWords(options)}; seed ${options.seed}`,
      left: 20,
      top: 10,
    },
    grid: [
      { left: 60, right: 100, top: 90, height: 170 },
      { left: 60, right: 100, top: 320, height: 180 },
    ],
    xAxis: [
      { ...time, gridIndex: 0, axisLabel: { show: false } },
      { ...time, gridIndex: 1, axisLabel: { formatter: clock, hideOverlap: true, showMaxLabel: false } },
    ],
    yAxis: [
      { type: "value", gridIndex: 0, name: "people inside", nameTextStyle: { align: "left" }, minInterval: 1 },
      { type: "value", gridIndex: 1, name: "parties in the queue", nameTextStyle: { align: "left" }, minInterval: 1 },
    ],
    series: [
      {
        type: "line",
        step: "end",
        symbol: "none",
        lineStyle: { color: colors.inside, width: 1.5 },
        areaStyle: { color: colors.inside, opacity: 0.25 },
        data: tally.points.map(({ t, inside }) => [t, inside]),
        markLine: {
          symbol: "none",
          lineStyle: { color: colors.limit, type: "dashed" },
          label: { formatter: `room for ${options.capacity}`, color: colors.limit, position: "end" },
          data: [{ yAxis: options.capacity }],
        },
        ...(from !== undefined && {
          markArea: {
            itemStyle: { color: colors.visit, opacity: 0.9 },
            label: { position: "top", color: colors.text },
            data: [[{ name: "the President", xAxis: from }, { xAxis: to ?? end }]],
          },
        }),
      },
      {
        type: "line",
        xAxisIndex: 1,
        yAxisIndex: 1,
        step: "end",
        symbol: "none",
        lineStyle: { color: colors.queue, width: 1.5 },
        areaStyle: { color: colors.queue, opacity: 0.25 },
        data: tally.points.map(({ t, queue }) => [t, queue]),
        ...(tally.soldOut !== undefined && {
          markLine: {
            symbol: "none",
            lineStyle: { color: colors.limit, type: "dashed" },
            label: { formatter: "sold out", color: colors.limit },
            data: [{ xAxis: tally.soldOut }],
          },
        }),
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

// Whole minutes, so that the axis reads like a clock: about eight of them.
function stepOf(end: number): number {
  const minute = 60_000;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240];
  return (steps.find((step) => step * minute * 9 >= end) ?? Math.ceil(end / minute / 8)) * minute;
}

function page(svg: string, summary: Summary, options: DayOptions): string {
  const rows = summaryLines(summary).map(([label, text]) => `<tr><th>${label}</th><td>${text}</td></tr>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A day at the bakery, seed ${options.seed}</title>
<style>
body { max-width: ${width}px; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 sans-serif; color: ${colors.text}; background: ${colors.paper}; }
svg { width: 100%; height: auto; }
th { text-align: left; padding-right: 2rem; font-weight: 600; }
</style>
${svg}
<table>
${rows.join("\n")}
</table>
</html>
`;
}
