import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import { durationSchema } from "../duration.ts";
import { explain } from "../explain.ts";
import { resourceSchema } from "../resource.ts";
import { defaultLimits, type Limits } from "../service/limits.ts";
import { type StrategyName, strategies, strategyNames } from "../strategies.ts";

export interface FindOptions {
  readonly command: "find";
  readonly resource: string;
  readonly strategies: readonly StrategyName[];
  /** In milliseconds. */
  readonly timeout: number;
  readonly fleet: string | undefined;
  readonly json: boolean;
}

export interface StartOptions extends Limits {
  readonly command: "start";
  readonly port: number;
  readonly host: string;
  /** How long running finds may take to end at a shutdown, in milliseconds. */
  readonly drain: number;
  readonly logLevel: string;
  readonly fleet: string | undefined;
}

export type Options = FindOptions | StartOptions;

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/**
 * Reads the command line, and what of it may stand in the environment. Gives the exit status instead when there is nothing more to do: 0 after
 * `--help`, 2 for what makes no sense.
 */
export function parseOptions(args: readonly string[]): Options | number {
  let options: Options | undefined;
  const program = new Command("datacenter-finder")
    .description("Asks a fleet of HTTP datacenters for a resource, by the strategy of your choice.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });

  program
    .command("find")
    .description(
      "look for a resource; exit status 0 if it was found, 1 if it was not, 2 for a usage that makes no sense",
    )
    .argument("<resource>", "its name, for example server-1", parsedBy(resourceSchema))
    .addOption(
      new Option("-s, --strategy <name>", "how to ask; all: by each in turn, with a summary")
        .choices([...strategyNames, "all"])
        .default("hedged"),
    )
    .addOption(timeOption("-t, --timeout <duration>", "how long it may take", "5s", 600_000))
    .addOption(fleetOption())
    .option("--json", "one JSON object per strategy, and nothing else", false)
    .action(
      (
        resource: string,
        { strategy, ...rest }: Omit<FindOptions, "strategies"> & { strategy: StrategyName | "all" },
      ) => {
        options = { ...rest, command: "find", resource, strategies: strategy === "all" ? strategyNames : [strategy] };
      },
    )
    .addHelpText("after", `\nStrategies:\n${strategyNames.map(summaryOf).join("\n")}`);

  program
    .command("start")
    .description("start the service")
    .addOption(
      new Option("-p, --port <n>", "where it listens; 0: any that is free")
        .env("PORT")
        .argParser(wholeParser(0, 65_535))
        .default(3000),
    )
    .addOption(new Option("--host <name>", "the interface it listens on").env("HOST").default("127.0.0.1"))
    .addOption(
      timeOption("--drain <duration>", "how long running finds may take to end at a shutdown", "10s", 600_000).env(
        "DRAIN",
      ),
    )
    .addOption(
      wholeOption("--capacity <weight>", "how much weight all finds may have in progress", 1)
        .env("CAPACITY")
        .default(defaultLimits.capacity),
    )
    .addOption(
      wholeOption("--per-datacenter <weight>", "how much of it at one datacenter", 1)
        .env("PER_DATACENTER")
        .default(defaultLimits.perDatacenter),
    )
    .addOption(
      wholeOption("--queue <n>", "how many finds may wait for that; more are refused with 503", 0)
        .env("QUEUE")
        .default(defaultLimits.queue),
    )
    .addOption(new Option("--log-level <level>", "what is logged").env("LOG_LEVEL").choices(logLevels).default("info"))
    .addOption(fleetOption())
    .action((rest: Omit<StartOptions, "command">) => {
      options = { ...rest, command: "start" };
    });

  for (const command of program.commands) command.allowExcessArguments(false);
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return options ?? 2;
}

function fleetOption(): Option {
  return new Option("--fleet <file>", "your own fleet, as JSON; without, one is started on loopback").env("FLEET");
}

function timeOption(flags: string, description: string, value: string, most: number): Option {
  const parse = parsedBy(durationSchema(1, most));
  return new Option(flags, description).argParser(parse).default(parse(value), value);
}

function summaryOf(name: StrategyName): string {
  return `  ${name.padEnd(14)} ${strategies[name].summary}`;
}

function parsedBy<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => {
    const { data, error } = schema.safeParse(text, { reportInput: true });
    if (error !== undefined) throw new InvalidArgumentError(explain(error));
    return data as T;
  };
}

function wholeOption(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser(wholeParser(least, 1_000_000));
}

function wholeParser(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}, got ${JSON.stringify(text)}`);
  };
}
