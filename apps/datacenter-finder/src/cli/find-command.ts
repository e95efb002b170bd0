import { Command, Option } from "commander";
import { resourceSchema } from "../resource.ts";
import { type StrategyName, strategies, strategyNames } from "../strategies.ts";
import { fleetOption, parsedBy, timeOption } from "./options.ts";

export interface FindOptions {
  readonly command: "find";
  readonly resource: string;
  readonly strategies: readonly StrategyName[];
  /** In milliseconds. */
  readonly timeout: number;
  readonly fleet: string | undefined;
  readonly json: boolean;
}

type Given = Pick<FindOptions, "timeout" | "fleet" | "json"> & { readonly strategy: StrategyName | "all" };

/** The command `find`, whose options go to `act`. */
export function findCommand(act: (options: FindOptions) => void): Command {
  return new Command("find")
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
    .action((resource: string, { strategy, ...rest }: Given) => {
      act({ ...rest, command: "find", resource, strategies: strategy === "all" ? strategyNames : [strategy] });
    })
    .addHelpText("after", `\nStrategies:\n${strategyNames.map(summaryOf).join("\n")}`);
}

function summaryOf(name: StrategyName): string {
  return `  ${name.padEnd(14)} ${strategies[name].summary}`;
}
