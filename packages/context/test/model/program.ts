import fc from "fast-check";

/** One step of a random program. Contexts, signals and functions are meant by number, counted from the first that was made. */
export type Step =
  | { op: "withCancel" | "withoutCancel" | "handMade"; parent: number }
  | { op: "withTimeout"; parent: number; ms: number; cause: boolean }
  | { op: "withDeadline"; parent: number; at: number; cause: boolean }
  | { op: "withValue"; parent: number; key: number; value: number | undefined }
  | { op: "fromSignal"; parent: number; signal: number }
  | { op: "cancel"; ctx: number; cause: boolean }
  | { op: "abort"; signal: number }
  | { op: "listen" | "wait" | "waitDone" | "afterFunc"; ctx: number }
  | { op: "stop"; func: number }
  | { op: "advance"; ms: number };

/** A step that makes a context. */
export type Derivation = Extract<Step, { parent: number }>;

export interface Program {
  readonly steps: readonly Step[];
  /** Which copy of the package makes the context of a step, by turns. */
  readonly copies: readonly number[];
}

export const signals = 2;
export const keys = 2;

/** How many contexts, or functions, a step can choose among at most. */
const reach = 12;

const ctx = fc.nat(reach - 1);
const parent = ctx;
const cause = fc.boolean();

const derive = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant("withCancel" as const), parent }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant("withTimeout" as const),
      parent,
      ms: fc.constantFrom(-1, 0, 1, 2, 3, 4, 5, 6, Number.POSITIVE_INFINITY),
      cause,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("withDeadline" as const),
      parent,
      at: fc.integer({ min: 0, max: 9 }),
      cause,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant("withValue" as const),
      parent,
      key: fc.nat(keys - 1),
      value: fc.option(fc.nat(9), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("withoutCancel" as const), parent }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("fromSignal" as const), parent, signal: fc.nat(signals - 1) }) },
);

const handMade = fc.record({ op: fc.constant("handMade" as const), parent });

const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant("cancel" as const), ctx, cause }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("abort" as const), signal: fc.nat(signals - 1) }) },
  {
    weight: 7,
    arbitrary: fc.record({ op: fc.constantFrom("listen" as const, "wait", "waitDone", "afterFunc"), ctx }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("stop" as const), func: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("advance" as const), ms: fc.integer({ min: 1, max: 3 }) }) },
);

function programOf(derivations: fc.Arbitrary<Step>, copies: number): fc.Arbitrary<Program> {
  // First a tree, so that there is something to end; then anything.
  return fc
    .tuple(
      fc.array(derivations, { minLength: 1, maxLength: 6 }),
      fc.array(fc.oneof({ weight: 1, arbitrary: derivations }, { weight: 3, arbitrary: event }), { maxLength: 24 }),
      fc.array(fc.nat(copies - 1), { minLength: 1, maxLength: 5 }),
    )
    .map(([tree, rest, chosen]) => ({ steps: [...tree, ...rest], copies: chosen }));
}

/** Trees of one copy of the package. */
export const program: fc.Arbitrary<Program> = programOf(derive, 1);

/** Trees in which each context is of one of three copies of the package or made by hand. */
export const mixedProgram: fc.Arbitrary<Program> = programOf(
  fc.oneof({ weight: 8, arbitrary: derive }, { weight: 1, arbitrary: handMade }),
  3,
);
