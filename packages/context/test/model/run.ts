import { Chan } from "@conc/chan";
import { useFakeClock, type Watch } from "@conc/internal/testkit";
import type * as Package from "../../src/index.ts";
import type { CancelContext, Context, ContextKey } from "../../src/index.ts";
import { type Derivation, keys, type Program, signals, type Step } from "./program.ts";
import { type End, type Kind, Spec } from "./spec.ts";

/**
 * Runs a program on real contexts and on the specification side by side. After each step everything that can be seen of each context
 * is compared, and who was told of an end, and what is left waiting. Gives the first difference, in words.
 *
 * With several copies of the package in one tree, who is told is compared, and not in which order.
 */
export async function run(
  { steps, copies }: Program,
  packages: readonly (typeof Package)[],
  watched: Watch,
): Promise<string | undefined> {
  const clock = useFakeClock();
  const world = new World(packages, clock, watched);
  try {
    for (const [at, step] of steps.entries()) {
      await world.do(step, at, copies[at % copies.length] as number);
      await microtasks();
      const difference = world.difference();
      if (difference !== undefined) return `after step ${at} (${JSON.stringify(step)}): ${difference}`;
    }
    return undefined;
  } finally {
    await world.end();
    clock.restore();
  }
}

// More than any outcome takes on its way to the one who waits.
async function microtasks(): Promise<void> {
  for (let i = 0; i < 8; i++) await undefined;
}

class World {
  readonly #packages: readonly (typeof Package)[];
  readonly #clock: ReturnType<typeof useFakeClock>;
  readonly #start: number;
  readonly #spec = new Spec();
  readonly #ctxs: Context[];
  readonly #keys: ContextKey<number | undefined>[];
  readonly #controllers = Array.from({ length: signals }, () => new AbortController());
  readonly #told: Record<Kind, number[]> = { listen: [], wait: [], waitDone: [], afterFunc: [] };
  readonly #stops = new Map<number, () => boolean>();
  readonly #errors = new Map<End, Error>();
  readonly #watched: Watch;
  // Who waits under the background waits for ever, also when the next program runs.
  readonly #waitingBefore: number;
  #surprise: string | undefined;

  constructor(packages: readonly (typeof Package)[], clock: ReturnType<typeof useFakeClock>, watched: Watch) {
    this.#watched = watched;
    this.#waitingBefore = watched.waiting;
    this.#packages = packages;
    this.#clock = clock;
    this.#start = clock.date();
    const [first] = packages as [typeof Package];
    this.#ctxs = [first.background()];
    this.#keys = Array.from({ length: keys }, (_, i) => first.contextKey<number | undefined>(`key ${i}`));
  }

  async do(step: Step, at: number, copy: number): Promise<void> {
    const spec = this.#spec;
    const cause = "cause" in step && step.cause ? `step ${at}` : undefined;
    switch (step.op) {
      case "cancel": {
        const ctx = this.#at(step.ctx) as Partial<CancelContext>;
        ctx.cancel?.(cause);
        spec.cancel(step.ctx, cause);
        return;
      }
      case "abort":
        this.#controllers[step.signal]?.abort(`signal ${step.signal}`);
        spec.abort(step.signal);
        return;
      case "advance":
        await this.#clock.advance(step.ms);
        spec.advance(step.ms);
        return;
      case "stop": {
        const [id, stop] = [...this.#stops][step.func] ?? [];
        if (id === undefined || stop === undefined) return;
        const [real, expected] = [stop(), spec.stop(spec.registrations[id] as never)];
        if (real !== expected) this.#surprise = `stop() gave ${real}, expected ${expected}`;
        return;
      }
      case "listen":
      case "wait":
      case "waitDone":
      case "afterFunc":
        this.#register(this.#at(step.ctx), step.op, copy);
        spec.register(step.ctx, step.op);
        return;
      case "withCancel":
      case "withoutCancel":
      case "withTimeout":
      case "withDeadline":
      case "withValue":
      case "fromSignal":
      case "handMade":
        this.#ctxs.push(this.#derive(step, cause, this.#packages[copy] as typeof Package));
        spec.derive(step, cause);
        return;
    }
  }

  /** Ends everything, so that no wait is left to the next program. */
  async end(): Promise<void> {
    for (const stop of this.#stops.values()) stop();
    for (const ctx of this.#ctxs) (ctx as Partial<CancelContext>).cancel?.();
    await microtasks();
  }

  difference(): string | undefined {
    if (this.#surprise !== undefined) return this.#surprise;
    const spec = this.#spec;
    for (const [i, ctx] of this.#ctxs.entries()) {
      const of = spec.ctxs[i] as (typeof spec.ctxs)[number];
      const end = spec.endOf(of);
      const deadline = spec.deadlineOf(of);
      const seen = {
        name: ctx.err?.name,
        cause: ctx.cause === ctx.err ? undefined : ctx.cause,
        errCause: ctx.err?.cause,
        deadline: ctx.deadline?.getTime(),
        values: this.#keys.map((key) => ctx.value(key)),
        // Some are asked for early, the others when the end comes or never.
        aborted: i % 2 === 0 ? ctx.signal.aborted : undefined,
        reasonIsErr: i % 2 === 0 ? ctx.signal.reason === ctx.err : undefined,
        done: i % 3 === 0 ? ctx.done.tryRecv()?.ok : undefined,
      };
      const expected = {
        name: end?.name,
        cause: end?.cause,
        errCause: end?.cause,
        deadline: deadline === Infinity ? undefined : this.#start + deadline,
        values: spec.valuesOf(of),
        aborted: i % 2 === 0 ? end !== undefined : undefined,
        reasonIsErr: i % 2 === 0 ? true : undefined,
        done: i % 3 === 0 && end !== undefined ? false : undefined,
      };
      if (show(seen) !== show(expected)) return `context ${i}: expected ${show(expected)}, got ${show(seen)}`;
      if (end === undefined) continue;
      const err = this.#errors.get(end) ?? (ctx.err as Error);
      this.#errors.set(end, err);
      if (ctx.err !== err) return `context ${i} has another error than the others that ended with it`;
    }
    if (new Set(this.#errors.values()).size !== this.#errors.size) return "two ends have one error";
    const order = (told: Record<Kind, number[]>) => (this.#packages.length === 1 ? told : sorted(told));
    const [told, expected] = [show(order(this.#told)), show(order(spec.told))];
    if (told !== expected) return `expected to be told: ${expected}, got ${told}`;
    const waiting = this.#watched.waiting - this.#waitingBefore;
    if (waiting !== spec.waiting) return `${spec.waiting} should be waiting, ${waiting} are`;
    if (this.#clock.timers !== spec.timers) return `${spec.timers} timers should be set, ${this.#clock.timers} are`;
    return undefined;
  }

  #at(id: number): Context {
    return this.#ctxs[id % this.#ctxs.length] as Context;
  }

  #derive(step: Derivation, cause: unknown, copy: typeof Package): Context {
    const parent = this.#at(step.parent);
    switch (step.op) {
      case "withCancel":
        return copy.withCancel(parent);
      case "withoutCancel":
        return copy.withoutCancel(parent);
      case "withTimeout":
        return copy.withTimeout(parent, step.ms, cause);
      case "withDeadline":
        return copy.withDeadline(parent, new Date(this.#start + step.at), cause);
      case "withValue":
        return copy.withValue(parent, this.#keys[step.key] as ContextKey<number | undefined>, step.value);
      case "fromSignal":
        return copy.fromSignal(this.#controllers[step.signal]?.signal as AbortSignal, parent);
      case "handMade":
        return {
          get signal() {
            return parent.signal;
          },
          get done() {
            return parent.done;
          },
          get err() {
            return parent.err;
          },
          get cause() {
            return parent.cause;
          },
          get deadline() {
            return parent.deadline;
          },
          value: (key) => parent.value(key),
        };
    }
  }

  #register(ctx: Context, kind: Kind, copy: number): void {
    const id = this.#spec.registrations.length;
    const tell = () => {
      this.#told[kind].push(id);
    };
    if (kind === "listen") ctx.signal.addEventListener("abort", tell);
    else if (kind === "afterFunc") this.#stops.set(id, (this.#packages[copy] as typeof Package).afterFunc(ctx, tell));
    else if (kind === "waitDone") void ctx.done.recv().then(tell);
    else {
      new Chan().recv(ctx).catch((reason: unknown) => {
        tell();
        if (reason !== ctx.err) this.#surprise = `wait ${id} was rejected with another reason than ctx.err`;
      });
    }
  }
}

function sorted(told: Record<Kind, number[]>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(told).map(([kind, ids]) => [kind, [...ids].sort((a, b) => a - b)]));
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part === undefined ? "none" : part));
}
