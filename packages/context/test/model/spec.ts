import { type Derivation, keys, signals } from "./program.ts";

/** Why contexts ended; one for all that the same event reached. */
export interface End {
  readonly name: "AbortError" | "TimeoutError";
  /** `undefined`: none was given. */
  readonly cause: unknown;
}

export type Kind = "listen" | "wait" | "waitDone" | "afterFunc";

interface Ctx {
  readonly id: number;
  /** `undefined`: the background. */
  readonly parent: Ctx | undefined;
  /** "never": is not done with its parent. "as parent": has no end of its own. "own": can end by itself. */
  readonly ends: "never" | "as parent" | "own";
  /** Its own deadline; Infinity: none. */
  readonly deadline: number;
  readonly signal: number | undefined;
  readonly entry: { key: number; value: number | undefined } | undefined;
  end: End | undefined;
}

interface Registration {
  readonly id: number;
  readonly kind: Kind;
  /** Whose end it waits for; `undefined`: nobody's, it never comes. */
  readonly owner: Ctx | undefined;
  state: "waiting" | "told" | "stopped";
}

/**
 * What contexts do, said once more and differently: the tree is a list, an event looks at all of it, and order is what sorting by the
 * path from the root gives.
 */
export class Spec {
  readonly ctxs: Ctx[] = [
    {
      id: 0,
      parent: undefined,
      ends: "never",
      deadline: Infinity,
      signal: undefined,
      entry: undefined,
      end: undefined,
    },
  ];
  readonly registrations: Registration[] = [];
  /** Who was told, by kind, in order. */
  readonly told: Record<Kind, number[]> = { listen: [], wait: [], waitDone: [], afterFunc: [] };
  readonly aborted: boolean[] = new Array<boolean>(signals).fill(false);
  time = 0;

  derive(step: Derivation, cause: unknown): void {
    const parent = this.#at(step.parent);
    const ctx: Ctx = {
      id: this.ctxs.length,
      parent,
      ends:
        step.op === "withoutCancel" ? "never" : step.op === "withValue" || step.op === "handMade" ? "as parent" : "own",
      deadline: step.op === "withTimeout" ? this.time + step.ms : step.op === "withDeadline" ? step.at : Infinity,
      signal: step.op === "fromSignal" ? step.signal : undefined,
      entry: step.op === "withValue" ? { key: step.key, value: step.value } : undefined,
      end: undefined,
    };
    this.ctxs.push(ctx);
    if (ctx.ends === "own") ctx.end = this.endOf(parent);
    if (ctx.deadline <= this.time) this.#end(ctx, { name: "TimeoutError", cause });
    if (ctx.signal !== undefined && this.aborted[ctx.signal] === true) {
      this.#end(ctx, { name: "AbortError", cause: `signal ${ctx.signal}` });
    }
    this.#causes.set(ctx, cause);
  }

  cancel(id: number, cause: unknown): void {
    const ctx = this.#at(id);
    if (ctx.ends === "own") this.#end(ctx, { name: "AbortError", cause });
  }

  abort(signal: number): void {
    if (this.aborted[signal] === true) return;
    this.aborted[signal] = true;
    for (const ctx of this.ctxs) {
      if (ctx.signal === signal) this.#end(ctx, { name: "AbortError", cause: `signal ${signal}` });
    }
  }

  advance(ms: number): void {
    for (this.time += ms; ; ) {
      const due = this.ctxs.filter((ctx) => ctx.end === undefined && ctx.deadline <= this.time);
      const [first] = due.sort((a, b) => a.deadline - b.deadline || a.id - b.id);
      if (first === undefined) return;
      this.#end(first, { name: "TimeoutError", cause: this.#causes.get(first) });
    }
  }

  register(id: number, kind: Kind): void {
    const owner = this.#owner(this.#at(id));
    const registration: Registration = { id: this.registrations.length, kind, owner, state: "waiting" };
    this.registrations.push(registration);
    if (owner?.end === undefined) return;
    registration.state = "told";
    // An abort listener on a signal that was aborted before is never called.
    if (kind !== "listen") this.told[kind].push(registration.id);
  }

  /** What `stop` gives. */
  stop(registration: Registration): boolean {
    if (registration.state !== "waiting") return false;
    registration.state = "stopped";
    return true;
  }

  endOf(ctx: Ctx): End | undefined {
    return this.#owner(ctx)?.end;
  }

  /** The earliest of the chain. */
  deadlineOf(ctx: Ctx | undefined): number {
    if (ctx === undefined || ctx.ends === "never") return Infinity;
    return Math.min(ctx.deadline, this.deadlineOf(ctx.parent));
  }

  valuesOf(ctx: Ctx): (number | undefined)[] {
    return Array.from({ length: keys }, (_, key) => {
      for (let at: Ctx | undefined = ctx; at !== undefined; at = at.parent) {
        if (at.entry?.key === key) return at.entry.value;
      }
      return undefined;
    });
  }

  /** How many timers it takes: one for each deadline that is earlier than all above it. */
  get timers(): number {
    return this.ctxs.filter((ctx) => ctx.end === undefined && ctx.deadline < this.deadlineOf(ctx.parent)).length;
  }

  get waiting(): number {
    return this.registrations.filter(({ kind, state }) => kind !== "listen" && state === "waiting").length;
  }

  readonly #causes = new Map<Ctx, unknown>();

  #at(id: number): Ctx {
    return this.ctxs[id % this.ctxs.length] as Ctx;
  }

  /** The context whose end is the end of `ctx`. */
  #owner(ctx: Ctx | undefined): Ctx | undefined {
    if (ctx === undefined || ctx.ends === "never") return undefined;
    return ctx.ends === "own" ? ctx : this.#owner(ctx.parent);
  }

  /** The owners from the root to `ctx`. */
  #path(ctx: Ctx | undefined): number[] {
    const owner = this.#owner(ctx);
    return owner === undefined ? [] : [...this.#path(owner.parent), owner.id];
  }

  #end(top: Ctx, end: End): void {
    if (top.end !== undefined) return;
    const reached = this.ctxs.filter(
      (ctx) => ctx.ends === "own" && ctx.end === undefined && this.#path(ctx).includes(top.id),
    );
    for (const ctx of reached) ctx.end = end;
    const inOrder = reached
      .map((ctx) => ({ ctx, path: this.#path(ctx) }))
      .sort((a, b) => a.path.length - b.path.length || compare(a.path, b.path));
    for (const { ctx } of inOrder) {
      for (const registration of this.registrations) {
        if (registration.owner !== ctx || registration.state !== "waiting") continue;
        registration.state = "told";
        this.told[registration.kind].push(registration.id);
      }
    }
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((id, i) => id !== b[i]);
  return at === -1 ? 0 : (a[at] as number) - (b[at] as number);
}
