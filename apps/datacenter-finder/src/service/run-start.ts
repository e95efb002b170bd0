import type { Context } from "@conc/context";
import pino, { type Logger } from "pino";
import { collectDefaultMetrics } from "prom-client";
import { type StartOptions, settingsOf } from "../cli/start-command.ts";
import { formatDuration } from "../duration.ts";
import type { Fleet } from "../fleet/fleet.ts";
import { openFleet } from "../fleet/open-fleet.ts";
import { ListenError } from "./listen-error.ts";
import { createLogger } from "./logger.ts";
import { Metrics } from "./metrics.ts";
import { Service } from "./service.ts";

/**
 * The command `start`: serves until `stop` is done, then ends what runs; sooner if `hurry` is done. What is for people goes to `write`, the
 * log to standard error.
 */
export async function runStart(
  stop: Context,
  hurry: Context,
  options: StartOptions,
  write: (line: string) => void,
): Promise<number> {
  const { host, drain, logLevel } = options;
  // Written at once, so that nothing is lost however the process ends.
  const logger = createLogger(logLevel, pino.destination({ dest: 2, sync: true }));
  const fleet = await openFleet(options.fleet, (entry) => logger.debug(entry, "datacenter"));
  try {
    const service = await listening(fleet, logger, options);
    const url = `http://${/^(127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(host) ? "localhost" : host}:${service.port}`;
    write(`datacenter-finder listens on ${url}`);
    write(`behind it: ${fleet.description}`);
    write(
      `with: ${Object.entries(settingsOf(options))
        .map(([name, value]) => `${name}=${value}`)
        .join(" ")}`,
    );
    write(`try: curl '${url}/v1/find/server-1?strategy=hedged'`);
    await stop.done.recv();
    logger.info({ running: service.running, limit: formatDuration(drain) }, "shutting down");
    await service.close(drain, hurry);
    logger.info("stopped");
    return 0;
  } finally {
    await fleet.close();
  }
}

async function listening(fleet: Fleet, logger: Logger, options: StartOptions) {
  const { host, port, cache } = options;
  const metrics = new Metrics();
  // Of the process: its memory, its event loop, its garbage collection.
  collectDefaultMetrics({ register: metrics.registry });
  try {
    return await Service.start({ fleet, logger, host, port, limits: options, cache, metrics });
  } catch (error) {
    throw new ListenError(refusalOf(error as NodeJS.ErrnoException, host, port), { cause: error });
  }
}

function refusalOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === "EADDRINUSE") return `port ${port} is taken; choose another: PORT=${port + 1} pnpm start`;
  if (code === "EACCES") return `port ${port} is not for you to use; choose one from 1024 up: PORT=3000 pnpm start`;
  return `cannot listen on ${host}:${port}: ${message}`;
}
