import { Command, CommanderError } from "commander";
import { type FindOptions, findCommand } from "./find-command.ts";
import { type StartOptions, startCommand } from "./start-command.ts";

export type Options = FindOptions | StartOptions;

/**
 * Reads the command line, and what of it may stand in the environment. Gives the exit status instead when there is nothing more to do: 0 after
 * `--help`, 2 for what makes no sense.
 */
export function parseOptions(args: readonly string[]): Options | number {
  let options: Options | undefined;
  const take = (given: Options) => {
    options = given;
  };
  const program = new Command("datacenter-finder")
    .description("Asks a fleet of HTTP datacenters for a resource, by the strategy of your choice.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  for (const command of [findCommand(take), startCommand(take)]) {
    // What the program does at a mistake, its commands do.
    program.addCommand(command.copyInheritedSettings(program).allowExcessArguments(false));
  }
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  return options ?? 2;
}
