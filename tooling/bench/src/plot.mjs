import { init } from "echarts";

const width = 860;
const rowHeight = 26;
// Their numbers have no common divisor, so that no two libraries look alike.
const colors = ["#3a7ca5", "#d9a441", "#b23a48", "#5b8c5a", "#7d5ba6", "#c46d2f", "#a34d7d"];
const symbols = ["circle", "diamond", "triangle", "rect"];
const looks = {
  floor: { symbol: "emptyCircle", itemStyle: { color: "#777777" } },
  "floor, promise shared": { symbol: "emptyDiamond", itemStyle: { color: "#777777" } },
  Go: { symbol: "rect", symbolSize: [5, 16], itemStyle: { color: "#00a7d0" } },
};

/** Whether something of a scenario can stand in the picture: its time, beside one of ours. */
export function plotted({ unit, figures, table }) {
  return (
    unit.startsWith("ns") &&
    table !== "The seams" &&
    Object.entries(figures).some(([name, one]) => inPicture(name, one))
  );
}

// Other sizes of ours and of others, and variants, would each want a look of their own.
function inPicture(name, { role }) {
  return name in looks || !(role === "ours" || role === "variant" || /\d/.test(name));
}

/** Draws how the time of everything that was compared stands to ours, on a logarithmic axis: an SVG for the documentation. */
export function drawRatios({ title, scenarios }) {
  const rows = scenarios.filter(plotted);
  const series = new Map();
  for (const { name, figures } of rows) {
    const ours = Object.values(figures)[0].value;
    for (const [of, one] of Object.entries(figures)) {
      if (!inPicture(of, one)) continue;
      if (!series.has(of)) series.set(of, []);
      series.get(of).push([Number((one.value / ours).toPrecision(3)), name]);
    }
  }
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height: 170 + rows.length * rowHeight });
  let at = 0;
  const look = (name) => {
    if (name in looks) return looks[name];
    at += 1;
    return { symbol: symbols[at % symbols.length], itemStyle: { color: colors[at % colors.length] } };
  };
  const ours = {
    silent: true,
    symbol: "none",
    label: { formatter: "ours", position: "start" },
    lineStyle: { color: "#222222", type: "solid", width: 1.5 },
    data: [{ xAxis: 1 }],
  };
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: "sans-serif" },
    title: { text: `${title}: the time of others, as a multiple of ours`, left: 10, top: 8 },
    legend: { top: 40, left: 10, right: 10, itemGap: 18 },
    grid: { left: 130, right: 30, top: 130, bottom: 40 },
    xAxis: {
      type: "log",
      axisLabel: { formatter: (value) => `${value}x` },
      splitLine: { lineStyle: { color: "#e6e6e6" } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ name }) => name),
      splitLine: { show: true, lineStyle: { color: "#f2f2f2" } },
    },
    series: [...series].map(([name, data], i) => ({
      type: "scatter",
      name,
      symbolSize: 10,
      ...look(name),
      data,
      ...(i === 0 ? { markLine: ours } : {}),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
