#!/usr/bin/env node
import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { background, type Context, withCancel } from "@conc/context";
import { runDay } from "./day.ts";
import type { ShopEvent } from "./events.ts";
import { type Options, parseOptions } from "./options.ts";
import { Tally } from "./tally.ts";
import { summaryLines, timeOfDay, wordsOf } from "./words.ts";

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), process.stdout.isTTY);
  if (typeof options === "number") return options;

  using ctx = withCancel(background());
  let interrupted: number | undefined;
  for (const [signal, status] of Object.entries(signals)) {
    process.on(signal, () => {
      interrupted ??= status;
      ctx.cancel(new Error(signal));
    });
  }
  // The reader has gone, `| head` for example: nobody watches any more.
  process.stdout.on("error", (error) => {
    interrupted ??= 0;
    ctx.cancel(error);
  });

  try {
    await demo(options, ctx);
    return interrupted ?? 0;
  } catch (error) {
    if (interrupted === undefined) process.stderr.write(`bakery: ${(error as Error).message}\n`);
    else if (interrupted !== 0) process.stderr.write("interrupted\n");
    return interrupted ?? 1;
  }
}

async function demo({ day, speed, output, report }: Options, ctx: Context): Promise<void> {
  // pnpm runs a script in its package's folder; the user means the one they are in.
  const file = report && resolve(process.env.INIT_CWD ?? "", report);
  if (file) await access(dirname(file), constants.W_OK);

  const tally = new Tally();
  const screen = await screenOf(output, tally, day);
  const emit = (event: ShopEvent) => {
    tally.add(event);
    screen.show(event);
  };
  try {
    await runDay(day, { speed: speed * 60, emit }, ctx);
  } finally {
    await screen.close();
  }
  if (output !== "json") {
    process.stdout.write("\n");
    for (const [label, text] of summaryLines(tally.summary())) process.stdout.write(`${label.padEnd(20)}${text}\n`);
  }
  if (file) {
    const { writeReport } = await import("./report.ts");
    await writeReport(file, tally, day);
    if (output !== "json") process.stdout.write(`${"report".padEnd(20)}${file}\n`);
  }
}

interface Screen {
  show(event: ShopEvent): void;
  close(): Promise<void>;
}

async function screenOf(output: Options["output"], tally: Tally, day: Options["day"]): Promise<Screen> {
  if (output === "live") {
    const { LiveView } = await import("./live/live-view.tsx");
    return new LiveView(tally, day);
  }
  return {
    show: output === "json" ? printJson : printPlain,
    close: async () => {},
  };
}

function printJson(event: ShopEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function printPlain(event: ShopEvent): void {
  const words = wordsOf(event);
  if (words !== undefined) process.stdout.write(`${timeOfDay(event.t)}  ${words}\n`);
}

process.exitCode = await main();
