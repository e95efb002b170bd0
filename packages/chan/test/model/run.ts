import { useSeed, type Watch } from "@conc/internal/testkit";
import {
  type Case,
  Chan,
  type ChanIterator,
  ClosedChannelError,
  recv,
  type Received,
  select,
  selectBiased,
  send,
  trySelect,
} from "../../src/index.ts";
import type { Program, Step } from "./program.ts";
import { type Call, type SelectCase, Spec } from "./spec.ts";

/** A call to the real thing, and how its promise stands. */
interface Real {
  outcome: string | undefined;
}

/**
 * Runs a program on the real channels and on the specification side by side. After each step the state of every promise, of every channel
 * and the number of waiting calls are compared. Gives the first difference, in words.
 */
export async function run({ capacities, steps, chance }: Program, watched: Watch): Promise<string | undefined> {
  const spec = new Spec(capacities);
  const chans = capacities.map((capacity) => new Chan<number>(capacity));
  const world = new World(chans, spec);
  const restore = useSeed(chance);
  for (const [at, step] of steps.entries()) {
    await world.do(step, at);
    const difference = world.difference(watched);
    if (difference === undefined) continue;
    restore();
    return `after step ${at} (${JSON.stringify(step)}): ${difference}`;
  }
  world.end();
  await microtasks();
  restore();
  return undefined;
}

class World {
  readonly #chans: Chan<number>[];
  readonly #spec: Spec;
  readonly #sources = [new AbortController(), new AbortController()];
  readonly #calls: { real: Real; call: Call }[] = [];
  readonly #iterators: ChanIterator<number>[];
  readonly #nexts: Call[][];

  constructor(chans: Chan<number>[], spec: Spec) {
    this.#chans = chans;
    this.#spec = spec;
    this.#iterators = chans.map((ch) => ch[Symbol.asyncIterator]());
    this.#nexts = chans.map(() => []);
  }

  // The value that a step sends is its number, so every value is one of its kind.
  async do(step: Step, value: number): Promise<void> {
    const spec = this.#spec;
    switch (step.op) {
      case "send":
        this.#both(this.#chan(step.ch).send(value, this.#signal(step.source)), spec.send(step.ch, value, step.source));
        break;
      case "recv":
        this.#both(this.#chan(step.ch).recv(this.#signal(step.source)), spec.recv(step.ch, step.source));
        break;
      case "recvMany": {
        const many = this.#chan(step.ch).recvMany(step.max, this.#signal(step.source));
        this.#both(many, spec.recvMany(step.ch, step.max, step.source));
        break;
      }
      case "next": {
        const call = spec.recv(step.ch, undefined);
        this.#nexts[step.ch]?.push(call);
        this.#both((this.#iterators[step.ch] as ChanIterator<number>).next(), call);
        break;
      }
      case "return":
        await this.#iterators[step.ch]?.return?.();
        this.#iterators[step.ch] = this.#chan(step.ch)[Symbol.asyncIterator]();
        for (const call of this.#nexts[step.ch]?.splice(0) ?? []) spec.endWait(call, "end");
        break;
      case "trySend":
        this.#both(
          attempt(() => (this.#chan(step.ch).trySend(value) ? "sent" : "nothing")),
          spec.trySend(step.ch, value),
        );
        break;
      case "tryRecv":
        this.#both(
          attempt(() => this.#chan(step.ch).tryRecv() ?? "nothing"),
          spec.tryRecv(step.ch),
        );
        break;
      case "close": {
        const cause = step.cause ? `of ${value}` : undefined;
        this.#both(
          attempt(() => this.#chan(step.ch).close(cause) ?? "done"),
          spec.close(step.ch, cause),
        );
        break;
      }
      case "cancel":
        this.#sources[step.source]?.abort(step.source);
        spec.cancel(step.source);
        break;
      case "trySelect":
        this.#both(
          attempt(() => trySelect(this.#cases(step.cases, value), () => "nothing")),
          (seen) => {
            const call = spec.select(step.cases, value, undefined, seen, false);
            // Spec.select would wait here; a trySelect takes it back.
            spec.endWait(call, "nothing");
            return call;
          },
        );
        break;
      case "select":
      case "selectBiased": {
        const biased = step.op === "selectBiased";
        const cases = this.#cases(step.cases, value);
        const signal = this.#signal(step.source);
        const real = this.#real(biased ? selectBiased(cases, signal) : select(cases, signal));
        await microtasks();
        const call = spec.select(step.cases, value, step.source, real.outcome ?? "pending", biased);
        this.#calls.push({ real, call });
        break;
      }
    }
    await microtasks();
    spec.endStep();
  }

  difference(watched: Watch): string | undefined {
    for (const [i, { real, call }] of this.#calls.entries()) {
      const right = call.expected ?? ["pending"];
      const got = real.outcome ?? "pending";
      if (!right.includes(got)) return `call ${i} is "${got}", expected "${right.join('" or "')}"`;
    }
    for (const [i, ch] of this.#chans.entries()) {
      const right = this.#spec.describe(i);
      if (String(ch) !== right) return `channel ${i} is ${String(ch)}, expected ${right}`;
      if (ch.length !== this.#spec.channels[i]?.buffer.length) return `channel ${i} has length ${ch.length}`;
    }
    if (watched.waiting !== this.#spec.waiting) {
      return `${watched.waiting} calls wait, expected ${this.#spec.waiting}`;
    }
    return this.#spec.violation();
  }

  /** Ends what still waits, so that the next program begins with none. */
  end(): void {
    for (const ch of this.#chans) if (!String(ch).includes("closed")) ch.close();
  }

  #chan(at: number): Chan<number> {
    return this.#chans[at] as Chan<number>;
  }

  #signal(source: number | undefined): AbortSignal | undefined {
    return source === undefined ? undefined : this.#sources[source]?.signal;
  }

  #cases(cases: readonly SelectCase[], value: number): Case<unknown>[] {
    return cases.map(({ kind, ch }, i) =>
      kind === "recv"
        ? recv(this.#chan(ch), (received) => `${i}: ${text(received)}`)
        : send(this.#chan(ch), value, () => `${i}: sent`),
    );
  }

  #both(outcome: Promise<unknown> | Real, call: Call | ((seen: string) => Call)): void {
    const real = outcome instanceof Promise ? this.#real(outcome) : outcome;
    this.#calls.push({ real, call: typeof call === "function" ? call(real.outcome ?? "pending") : call });
  }

  #real(promise: Promise<unknown>): Real {
    const real: Real = { outcome: undefined };
    promise.then(
      (value) => {
        real.outcome = text(value);
      },
      (reason: unknown) => {
        real.outcome = failure(reason);
      },
    );
    return real;
  }
}

function attempt(fn: () => unknown): Real {
  try {
    return { outcome: text(fn()) };
  } catch (error) {
    return { outcome: failure(error) };
  }
}

function text(outcome: unknown): string {
  if (outcome === undefined) return "sent";
  if (typeof outcome === "string") return outcome;
  if (Array.isArray(outcome)) return `many ${outcome.join()}`;
  const { value, ok, done } = outcome as Partial<Received<number> & IteratorResult<number>>;
  return (ok ?? !done) ? `value ${value}` : "end";
}

function failure(reason: unknown): string {
  if (!(reason instanceof ClosedChannelError)) return `reason ${String(reason)}`;
  if (reason.message === "close of closed channel") return "closed already";
  return `unsent ${String(reason.value)}, cause ${String(reason.cause)}`;
}

// More than any of our outcomes needs.
async function microtasks(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve();
}
