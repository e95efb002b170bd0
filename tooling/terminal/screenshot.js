/*
 * A picture of a terminal program: `node screenshot.js [--columns 80] [--rows 24] [--until TEXT] FILE.png -- COMMAND ...`
 *
 * Runs the command in a pseudo-terminal until it shows the text, or until it ends, and has Chromium draw what a person
 * sees then.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Terminal } from "./index.js";

const palette = (
  "#1d2230 #e06c75 #8ccf7e #e5c07b #67a9e8 #c678dd #5fc5c9 #d6dae3 " +
  "#6b7489 #ff7b86 #a5e394 #f2d58f #85c1ff #dd94f0 #7fe0e4 #ffffff"
).split(" ");
const theme = { background: "#1d2230", foreground: "#d6dae3" };
const cell = { width: 8.4, height: 17 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    columns: { type: "string", default: "80" },
    rows: { type: "string", default: "24" },
    until: { type: "string" },
  },
});
const [file, command, ...args] = positionals;
if (file === undefined || command === undefined) throw new Error("expected FILE.png -- COMMAND ...");

const columns = Number(values.columns);
const terminal = new Terminal(command, args, { columns, rows: Number(values.rows), env: { COLORTERM: "truecolor" } });
if (values.until === undefined) await terminal.ended;
else await terminal.shows(values.until);
const lines = draw(terminal);
terminal.kill("SIGTERM");
await terminal.ended;

const directory = mkdtempSync(join(tmpdir(), "screenshot-"));
try {
  const page = join(directory, "page.html");
  writeFileSync(page, html(lines));
  const width = Math.ceil(columns * cell.width) + 32;
  const height = lines.length * cell.height + 32;
  const flags =
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars --force-device-scale-factor=1.5 " +
    "--disable-background-networking --disable-component-update --disable-sync";
  const settings = [
    `--user-data-dir=${join(directory, "profile")}`,
    `--window-size=${width},${height}`,
    `--screenshot=${resolve(file)}`,
  ];
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  execFileSync(chromium, [...flags.split(" "), ...settings, pathToFileURL(page).href], { stdio: "pipe" });
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function draw({ buffer }) {
  const lines = [];
  for (let y = 0; y < buffer.length; y++) {
    const line = buffer.getLine(y);
    let spans = "";
    for (let x = 0; x < columns; x++) {
      const at = line?.getCell(x);
      if (at === undefined || at.getWidth() === 0) continue;
      const text = at.getChars() || " ";
      spans += `<span style="${style(at)}">${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</span>`;
    }
    lines.push(spans);
  }
  while (lines.length > 0 && !/>[^< ]/.test(lines.at(-1))) lines.pop();
  return lines;
}

function style(at) {
  let foreground = at.isFgRGB() || at.isFgPalette() ? color(at.getFgColor(), at.isFgRGB()) : theme.foreground;
  let background = at.isBgRGB() || at.isBgPalette() ? color(at.getBgColor(), at.isBgRGB()) : theme.background;
  if (at.isInverse()) [foreground, background] = [background, foreground];
  const rules = [`color:${foreground}`, `width:${cell.width * at.getWidth()}px`];
  if (background !== theme.background) rules.push(`background:${background}`);
  if (at.isBold()) rules.push("font-weight:bold");
  if (at.isDim()) rules.push("opacity:.6");
  return rules.join(";");
}

function color(value, isRgb) {
  if (!isRgb) return palette[value] ?? theme.foreground;
  return `#${value.toString(16).padStart(6, "0")}`;
}

function html(lines) {
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; padding: 16px; background: ${theme.background}; font: 14px "DejaVu Sans Mono", monospace; }
    div { height: ${cell.height}px; line-height: ${cell.height}px; white-space: pre; }
    span { display: inline-block; height: ${cell.height}px; vertical-align: top; }
  </style>${lines.map((line) => `<div>${line}</div>`).join("\n")}`;
}
