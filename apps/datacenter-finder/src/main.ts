#!/usr/bin/env node
import { background, withCancel } from "@conc/context";
import { parseOptions } from "./cli/program.ts";
import { runFind } from "./cli/run-find.ts";
import { ListenError } from "./service/listen-error.ts";
import { runStart } from "./service/run-start.ts";
import { UsageError } from "./usage-error.ts";

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (typeof options === "number") return options;

  using stop = withCancel(background());
  using hurry = withCancel(background());
  let interrupted: number | undefined;
  for (const [signal, status] of Object.entries(signals)) {
    process.on(signal, () => {
      // The second one is from somebody who does not want to wait.
      if (interrupted !== undefined) hurry.cancel(new Error(signal));
      interrupted ??= status;
      stop.cancel(new Error(signal));
    });
  }
  // The reader has gone, `| head` for example: a find has nobody to report to any more, a service goes on.
  process.stdout.on("error", (error) => {
    if (options.command === "start") return;
    interrupted ??= 0;
    stop.cancel(error);
  });
  const write = (line: string) => void process.stdout.write(`${line}\n`);

  try {
    if (options.command === "start") return await runStart(stop, hurry, options, write);
    return await runFind(stop, options, write);
  } catch (error) {
    if (interrupted !== undefined) {
      if (interrupted !== 0) process.stderr.write("interrupted\n");
      return interrupted;
    }
    if (!(error instanceof UsageError || error instanceof ListenError)) throw error;
    process.stderr.write(`datacenter-finder: ${error.message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main();
