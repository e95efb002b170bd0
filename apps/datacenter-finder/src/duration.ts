import { z } from "zod";

const units = { ms: 1, s: 1000, m: 60_000 } as const;

/** Reads `500ms`, `1s`, `1.5s`, `2m` into milliseconds; undefined if it is nothing of the kind. */
export function parseDuration(text: string): number | undefined {
  const { number, unit } = /^(?<number>\d+(\.\d+)?)(?<unit>ms|s|m)$/.exec(text)?.groups ?? {};
  return number === undefined ? undefined : Number(number) * units[unit as keyof typeof units];
}

/** Writes milliseconds as a person would: `75ms`, `1.5s`. */
export function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms * 10) / 10}ms` : `${Math.round(ms / 10) / 100}s`;
}

/** A duration in text, within bounds in milliseconds. */
export function durationSchema(least: number, most: number): z.ZodType<number, string> {
  const expected = `expected a duration such as 500ms, 1.5s or 2m, from ${formatDuration(least)} to ${formatDuration(most)}`;
  const text = z.string({ error: expected }).meta({ pattern: "^\\d+(\\.\\d+)?(ms|s|m)$", examples: ["500ms", "1.5s"] });
  return text.transform((text, check) => {
    const ms = parseDuration(text);
    if (ms !== undefined && ms >= least && ms <= most) return ms;
    check.issues.push({ code: "custom", message: expected, input: text });
    return z.NEVER;
  });
}
