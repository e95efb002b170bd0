import { runtime } from "@conc/internal";
import { countListeners, flush } from "@conc/internal/testkit";
import fc from "fast-check";
import type { SignalSource } from "../../src/index.ts";
import { checkSame } from "../support.ts";

/*
 * Random programs, run side by side against a primitive and a sequential specification of it: plain arrays and if-statements, without
 * promises. After each command the two have to print the same; whenever everything that can run has run, every call has to have
 * come out as the specification says, and the signals have a listener exactly while somebody waits on them.
 */

/** How a call stands. */
export type Outcome = "pending" | "fulfilled" | { rejected: unknown };

/** Source 0 to 2 of a program; `undefined`: the call can not be cancelled. */
export type Source = number | undefined;

interface Call {
  readonly source: Source;
  seen: Outcome;
  value: unknown;
  expected: Outcome;
}

/** What a program's commands act on: its cancel sources and its calls. */
export class World {
  readonly #controllers = [new AbortController(), new AbortController(), new AbortController()];
  readonly #listeners = this.#controllers.map(({ signal }) => countListeners(signal));
  readonly calls: Call[] = [];
  readonly trace: string[] = [];

  /** A source by number, in one of its shapes; every fourth call has none. */
  source(n: number): { source: Source; cancel: SignalSource | undefined } {
    const index = n % 4;
    const controller = this.#controllers[index];
    if (controller === undefined) return { source: undefined, cancel: undefined };
    return { source: index, cancel: n % 8 < 4 ? controller.signal : controller };
  }

  isCancelled(source: Source): boolean {
    return source !== undefined && (this.#controllers[source] as AbortController).signal.aborted;
  }

  reason(source: Source): string {
    return `source ${source}`;
  }

  abort(source: number): void {
    this.#controllers[source]?.abort(this.reason(source));
  }

  /** Begins a call; gives its number. */
  call(source: Source, promise: Promise<unknown>): number {
    const call: Call = { source, seen: "pending", value: undefined, expected: "pending" };
    promise.then(
      (value) => {
        call.seen = "fulfilled";
        call.value = value;
      },
      (reason: unknown) => {
        call.seen = { rejected: reason };
      },
    );
    return this.calls.push(call) - 1;
  }

  expect(id: number, outcome: Outcome): void {
    (this.calls[id] as Call).expected = outcome;
  }

  /** A call that came out with something, if there are any: one that the program has in hand. */
  pick(n: number): { id: number; value: unknown } | undefined {
    const settled = this.calls.flatMap((call, id) => (call.value === undefined ? [] : [{ id, value: call.value }]));
    return settled[n % settled.length];
  }

  async settle(): Promise<void> {
    for (let i = 0; i < 8; i++) await Promise.resolve();
  }

  check(): void {
    this.calls.forEach((call, id) => checkSame(call.seen, call.expected, `call ${id}`));
    this.#listeners.forEach((listeners, source) => {
      const waits = this.calls.some((call) => call.source === source && this.waits(call));
      checkSame(listeners.now, waits ? 1 : 0, `listeners of source ${source}`);
    });
  }

  /** Whether a call has a listener; a specification may know of calls that are decided and not settled. */
  waits(call: Call): boolean {
    return call.expected === "pending" && !this.decided.has(call);
  }

  readonly decided = new Set<Call>();

  /** The call's cancel can change nothing any more, though it is pending. */
  decide(id: number): void {
    this.decided.add(this.calls[id] as Call);
  }
}

/** A primitive and its specification. */
export interface Subject {
  /** What a program is made of; each is given a number that it may draw on. */
  readonly commands: Readonly<Record<string, (n: number) => unknown>>;
  /** What `source`'s cancel does, by the specification. */
  abort(source: number): void;
  /** The state, as it is. */
  real(): string;
  /** The state, as it has to be. */
  specified(): string;
  /** At the end: ends everything that is still pending, if the program left a way. */
  finish?(): Promise<void>;
}

const seed = Number(process.env["CONC_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
/** How many programs a CI run draws for each primitive, all together more than 100,000. */
const numRuns = Number(process.env["CONC_MODEL_RUNS"] ?? 20_000);

/** Runs random programs. A failure shows the seed, for CONC_SEED, and the shortest program that fails. */
export async function checkModel(makeSubject: (world: World) => Subject): Promise<void> {
  const { budget } = runtime.turn;
  // The programs own the schedule: no call is put off to the next turn.
  runtime.turn.budget = Number.POSITIVE_INFINITY;
  let ran = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(0xffff), { maxLength: 32, size: "max" }), async (program) => {
        if (++ran % 500 === 0) await flush();
        await runProgram(makeSubject, program);
      }),
      { seed, numRuns },
    );
  } finally {
    runtime.turn.budget = budget;
  }
}

async function runProgram(makeSubject: (world: World) => Subject, program: readonly number[]): Promise<void> {
  const world = new World();
  const subject = makeSubject(world);
  const commands = Object.entries({
    ...subject.commands,
    abort: (n: number) => {
      const source = n % 3;
      if (world.isCancelled(source)) return;
      world.abort(source);
      subject.abort(source);
    },
    settle: async () => {
      await world.settle();
      world.check();
    },
  });
  try {
    for (const number of program) {
      const [name, command] = commands[number % commands.length] as (typeof commands)[number];
      const n = Math.floor(number / commands.length);
      world.trace.push(`${name} ${n}`);
      const pending = command(n);
      if (pending instanceof Promise) await pending;
      checkSame(subject.real(), subject.specified(), "the state");
    }
    await world.settle();
    world.check();
    await subject.finish?.();
  } catch (error) {
    throw new Error(`after ${world.trace.join(", ")}: ${(error as Error).message}`, { cause: error });
  }
}

/** Runs a command that may throw, on both sides; both or neither have to. */
export function bothThrow(real: () => void, specified: () => boolean): void {
  let threw = false;
  try {
    real();
  } catch {
    threw = true;
  }
  checkSame(threw, !specified(), "whether it throws");
}
