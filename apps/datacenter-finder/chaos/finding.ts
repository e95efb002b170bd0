/** One thing that must hold, and what was seen of it. */
export interface Check {
  readonly claim: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
  /** It is told how it stands, but it breaks nothing. */
  readonly onlyTold?: boolean;
}

/** What a part of the run has found. */
export interface Finding {
  /** What was done, in a few lines. */
  readonly about: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly checks: readonly Check[];
}

/** Holds when `got` is at most `most`. */
export function atMost(claim: string, got: number, most: number, unit = ""): Check {
  return { claim, expected: `at most ${round(most)}${unit}`, got: `${round(got)}${unit}`, ok: got <= most };
}

/** Holds when `got` is at least `least`. */
export function atLeast(claim: string, got: number, least: number, unit = ""): Check {
  return { claim, expected: `at least ${round(least)}${unit}`, got: `${round(got)}${unit}`, ok: got >= least };
}

/** Holds when the two are the same, written down. */
export function same(claim: string, got: unknown, expected: unknown): Check {
  const [left, right] = [text(got), text(expected)];
  return { claim, expected: right, got: left, ok: left === right };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
