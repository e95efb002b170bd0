import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type Strategy, strategies } from "./strategies.ts";

export interface Options {
  readonly tasks: number;
  readonly strategies: readonly Strategy[];
  readonly json: boolean;
}

const most = 500;

/** Reads the command line. Gives the exit status instead when there is nothing more to do: 0 after `--help`, 2 for what makes no sense. */
export function parseOptions(args: readonly string[]): Options | number {
  const command = new Command("singleton-db")
    .description("Five ways to open THE database connection, and what the server says of each.")
    .addOption(new Option("--tasks <n>", "how many tasks ask for it side by side").default(3).argParser(parseTasks))
    .addOption(new Option("--strategy <name>", "only this one").choices(strategies.map(({ name }) => name)))
    .option("--json", "one JSON object per strategy")
    .addHelpText(
      "after",
      "\nStarts a PostgreSQL of its own; DATABASE_URL=postgres://user:password@host/database uses yours, and leaves nothing there.",
    )
    .allowExcessArguments(false)
    .exitOverride();
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  const { tasks, strategy, json } = command.opts<{ tasks: number; strategy?: string; json?: boolean }>();
  return {
    tasks,
    json: json ?? false,
    strategies: strategies.filter(({ name }) => strategy === undefined || name === strategy),
  };
}

function parseTasks(text: string): number {
  const tasks = Number(text);
  if (text.trim() === "" || !Number.isInteger(tasks) || tasks < 1 || tasks > most) {
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`);
  }
  return tasks;
}
