import { InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import { durationSchema } from "../duration.ts";
import { explain } from "../explain.ts";

/** An option that takes a duration: `value` if it is absent, at most `most` milliseconds. */
export function timeOption(flags: string, description: string, value: string, most: number): Option {
  const parse = parsedBy(durationSchema(1, most));
  return new Option(flags, description).argParser(parse).default(parse(value), value);
}

/** An option that takes a whole number, from `least` to `most`. */
export function wholeOption(flags: string, description: string, least: number, most = 1_000_000): Option {
  return new Option(flags, description).argParser((text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}, got ${JSON.stringify(text)}`);
  });
}

/** An option that takes a number from 0 to 1. */
export function shareOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const number = Number(text);
    if (/^\d*\.?\d+$/.test(text) && number <= 1) return number;
    throw new InvalidArgumentError(`expected a number from 0 to 1, got ${JSON.stringify(text)}`);
  });
}

export function fleetOption(): Option {
  return new Option("--fleet <file>", "your own fleet, as JSON; without, one is started on loopback").env("FLEET");
}

/** Reads an argument as a schema has it. */
export function parsedBy<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => {
    const { data, error } = schema.safeParse(text, { reportInput: true });
    if (error !== undefined) throw new InvalidArgumentError(explain(error));
    return data as T;
  };
}
