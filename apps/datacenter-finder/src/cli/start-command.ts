import { Command, Option } from "commander";
import { durationSchema, formatDuration } from "../duration.ts";
import { defaultLimits, type Limits } from "../service/limits.ts";
import { fleetOption, parsedBy, shareOption, timeOption, wholeOption } from "./options.ts";

export interface StartOptions extends Limits {
  readonly command: "start";
  readonly port: number;
  readonly host: string;
  /** How long running finds may take to end at a shutdown, in milliseconds. */
  readonly drain: number;
  /** For how many milliseconds answers are kept; absent: not at all. */
  readonly cache: number | undefined;
  readonly logLevel: string;
  readonly fleet: string | undefined;
}

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** The command `start`, whose options go to `act`. Each may stand in the environment, too. */
export function startCommand(act: (options: StartOptions) => void): Command {
  const { capacity, perDatacenter, queue, hedgeRatio, hedgeBurst } = defaultLimits;
  return new Command("start")
    .description("start the service")
    .addOption(
      wholeOption("-p, --port <n>", "where it listens; 0: any that is free", 0, 65_535).env("PORT").default(3000),
    )
    .addOption(new Option("--host <name>", "the interface it listens on").env("HOST").default("127.0.0.1"))
    .addOption(fleetOption())
    .addOption(
      wholeOption("--capacity <weight>", "how much weight all finds may have in progress", 1)
        .env("CAPACITY")
        .default(capacity),
    )
    .addOption(
      wholeOption("--per-datacenter <weight>", "how much of it at one datacenter", 1)
        .env("PER_DATACENTER")
        .default(perDatacenter),
    )
    .addOption(
      wholeOption("--queue <n>", "how many finds may wait for that; more are refused with 503", 0)
        .env("QUEUE")
        .default(queue),
    )
    .addOption(
      shareOption("--hedge-ratio <share>", "how many hedges each find pays for, from 0 to 1")
        .env("HEDGE_RATIO")
        .default(hedgeRatio),
    )
    .addOption(
      wholeOption("--hedge-burst <n>", "how many hedges may be saved up", 0).env("HEDGE_BURST").default(hedgeBurst),
    )
    .addOption(
      new Option("--cache <duration>", "for how long answers are kept for who asks the same; without, not at all")
        .env("CACHE")
        .argParser(parsedBy(durationSchema(1, 3_600_000))),
    )
    .addOption(
      timeOption("--drain <duration>", "how long running finds may take to end at a shutdown", "10s", 600_000).env(
        "DRAIN",
      ),
    )
    .addOption(new Option("--log-level <level>", "what is logged").env("LOG_LEVEL").choices(logLevels).default("info"))
    .action((rest: Omit<StartOptions, "command">) => act({ ...rest, command: "start" }));
}

/** The options as the environment would have them: what the service runs with, and nothing that is secret. */
export function settingsOf(options: StartOptions): Readonly<Record<string, string>> {
  const { fleet, cache } = options;
  return {
    PORT: String(options.port),
    HOST: options.host,
    ...(fleet === undefined ? {} : { FLEET: fleet }),
    CAPACITY: String(options.capacity),
    PER_DATACENTER: String(options.perDatacenter),
    QUEUE: String(options.queue),
    HEDGE_RATIO: String(options.hedgeRatio),
    HEDGE_BURST: String(options.hedgeBurst),
    ...(cache === undefined ? {} : { CACHE: formatDuration(cache) }),
    DRAIN: formatDuration(options.drain),
    LOG_LEVEL: options.logLevel,
  };
}
