import fc from "fast-check";
import type { SelectCase } from "./spec.ts";

/** One step of a random program. Channels and sources are meant by number; `source` undefined: cannot be cancelled. */
export type Step =
  | { op: "send" | "recv" | "next"; ch: number; source: number | undefined }
  | { op: "recvMany"; ch: number; source: number | undefined; max: number }
  | { op: "trySend" | "tryRecv" | "return"; ch: number }
  | { op: "close"; ch: number; cause: boolean }
  | { op: "select" | "selectBiased" | "trySelect"; cases: SelectCase[]; source: number | undefined }
  | { op: "cancel"; source: number };

export interface Program {
  readonly capacities: number[];
  readonly steps: Step[];
  /** The seed of what selects choose. */
  readonly chance: number;
}

const sources = 2;

// A program is drawn as plain numbers, which is many times faster than a tree of records, and shrinks as well.
function step(n: number, channels: number): Step {
  let rest = n;
  const draw = (below: number): number => {
    const drawn = rest % below;
    rest = Math.floor(rest / below);
    return drawn;
  };
  const kind = draw(24);
  const ch = draw(channels);
  const source = [undefined, undefined, 0, 1][draw(4)];
  if (kind < 5) return { op: "send", ch, source };
  if (kind < 9) return { op: "recv", ch, source };
  if (kind < 10) return { op: "next", ch, source: undefined };
  if (kind < 11) return { op: "recvMany", ch, source, max: 1 + draw(3) };
  if (kind < 12) return { op: "trySend", ch };
  if (kind < 13) return { op: "tryRecv", ch };
  if (kind < 14) return { op: "return", ch };
  if (kind < 15) return { op: "close", ch, cause: draw(2) === 0 };
  if (kind < 16) return { op: "cancel", source: draw(sources) };
  const op = (["select", "select", "select", "selectBiased", "trySelect"] as const)[draw(5)] ?? "select";
  const cases = Array.from({ length: 1 + draw(3) }, () => ({
    kind: (["recv", "send"] as const)[draw(2)] ?? "recv",
    ch: draw(channels),
  }));
  return { op, cases, source: op === "trySelect" ? undefined : source };
}

/** Random programs over one to three channels. */
export const program: fc.Arbitrary<Program> = fc
  .record({
    capacities: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
    numbers: fc.array(fc.nat(2 ** 31 - 1), { maxLength: 14 }),
    chance: fc.nat(2 ** 31 - 1),
  })
  .map(({ capacities, numbers, chance }) => ({
    capacities,
    steps: numbers.map((n) => step(n, capacities.length)),
    chance,
  }));
