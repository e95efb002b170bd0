#!/usr/bin/env node
import { background, type Context, withCancel } from "@conc/context";
import { reasonOf } from "./failure.ts";
import { type Options, parseOptions } from "./options.ts";
import { printEvidence, printHeading, printJson, printTable } from "./print.ts";
import { Server } from "./server.ts";
import { type Report, tryStrategy } from "./try-strategy.ts";

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (typeof options === "number") return options;

  using ctx = withCancel(background());
  let interrupted: number | undefined;
  for (const [signal, status] of Object.entries(signals)) {
    process.on(signal, () => {
      interrupted ??= status;
      ctx.cancel(new Error(signal));
    });
  }
  // The reader has gone, `| head` for example: nothing to report to any more.
  process.stdout.on("error", (error) => {
    interrupted ??= 0;
    ctx.cancel(error);
  });

  try {
    await demo(options, ctx);
    return interrupted ?? 0;
  } catch (error) {
    if (interrupted !== undefined) {
      if (interrupted !== 0) process.stderr.write("interrupted\n");
      return interrupted;
    }
    process.stderr.write(`singleton-db: ${reasonOf(error)}\n`);
    return 1;
  }
}

async function demo({ tasks, strategies, json }: Options, ctx: Context): Promise<void> {
  const print = (text: string) => {
    if (!json) process.stdout.write(`${text}\n`);
  };
  const url = process.env.DATABASE_URL || undefined;
  if (url === undefined) print("starting PostgreSQL ...");
  const begin = performance.now();
  const server = await Server.open({ url, connections: tasks }, ctx);
  try {
    print(`${server.description}\nready after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    const reports: Report[] = [];
    for (const strategy of strategies) {
      print(printHeading(strategy, tasks));
      const report = await tryStrategy(strategy, server, { tasks, log: print });
      if (ctx.err !== undefined) throw ctx.err;
      reports.push(report);
      if (json) process.stdout.write(`${printJson(report)}\n`);
      else print(printEvidence(report));
    }
    print(`\n${printTable(reports)}`);
  } finally {
    await server.close();
  }
}

process.exitCode = await main();
