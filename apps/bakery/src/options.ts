import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { DayOptions, DoorKind } from "./events.ts";

export interface Options {
  readonly day: DayOptions;
  /** How many minutes of the shop go by in one of our seconds. */
  readonly speed: number;
  readonly output: "live" | "plain" | "json";
  readonly report: string | undefined;
}

interface Given {
  readonly customers: number;
  readonly capacity: number;
  readonly stock: number;
  readonly presidentAfter?: number;
  readonly semaphore: Exclude<DoorKind, "none"> | false;
  readonly seed: number;
  readonly speed: number;
  readonly plain?: boolean;
  readonly json?: boolean;
  readonly report?: string;
}

/**
 * Reads the command line. Gives the exit status instead when there is nothing more to do: 0 after `--help`, 2 for what makes no
 * sense.
 */
export function parseOptions(args: readonly string[], isTerminal: boolean): Options | number {
  const command = new Command("bakery")
    .description("A bakery with five places, 200 chocolatines and a President: a weighted semaphore to watch.")
    .addOption(new Option("--customers <n>", "how many come").default(200).argParser(wholeFrom(0)))
    .addOption(new Option("--capacity <n>", "how many people fit into the shop").default(5).argParser(wholeFrom(1)))
    .addOption(new Option("--stock <n>", "how many chocolatines there are").default(200).argParser(wholeFrom(0)))
    .addOption(
      new Option("--president-after <n>", "after how many customers the President comes, with two bodyguards")
        .default(undefined, "half of them")
        .argParser(wholeFrom(0)),
    )
    .addOption(
      new Option("--semaphore <kind>", "what keeps the shop from being overcrowded")
        .choices(["weighted", "channel"])
        .default("weighted"),
    )
    .addOption(new Option("--no-semaphore", "nothing does: everybody walks in"))
    .addOption(
      new Option("--speed <n>", "how many minutes of the shop go by in a second; 1000 runs the day in a moment")
        .default(1)
        .argParser(parseSpeed),
    )
    .addOption(new Option("--seed <n>", "same seed, same day").default(1).argParser(wholeFrom(0, 2 ** 31 - 1)))
    .option("--plain", "plain lines, as on a pipe")
    .addOption(new Option("--json", "one JSON object per event").conflicts("plain"))
    .addOption(new Option("--report <file>", "draw the day: to an .svg or .html file").argParser(parseReport))
    .allowExcessArguments(false)
    .exitOverride();
  try {
    command.parse(args, { from: "user" });
    const { plain, json, report, speed, ...given } = command.opts<Given>();
    return {
      day: dayOf(given),
      speed,
      output: json ? "json" : plain || !isTerminal ? "plain" : "live",
      report,
    };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error instanceof InvalidArgumentError) process.stderr.write(`error: ${error.message}\n`);
    return error.exitCode === 0 ? 0 : 2;
  }
}

function dayOf({
  semaphore,
  presidentAfter,
  ...given
}: Omit<Given, "plain" | "json" | "report" | "speed">): DayOptions {
  const { customers, capacity, stock, seed } = given;
  if (presidentAfter !== undefined && presidentAfter > customers) {
    throw new InvalidArgumentError(
      `option '--president-after ${presidentAfter}' is impossible: only ${customers} customers come.`,
    );
  }
  return {
    customers,
    capacity,
    stock,
    presidentAfter: presidentAfter ?? Math.floor(customers / 2),
    semaphore: semaphore === false ? "none" : semaphore,
    seed,
  };
}

function wholeFrom(least: number, most = 1_000_000): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < least || n > most) {
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    }
    return n;
  };
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() === "" || !Number.isFinite(speed) || speed <= 0) {
    throw new InvalidArgumentError("Expected a number greater than 0.");
  }
  return speed;
}

function parseReport(file: string): string {
  if (!/\.(svg|html)$/i.test(file)) throw new InvalidArgumentError("Expected a file that ends in .svg or .html.");
  return file;
}
