import { type Context, withValue } from "@conc/context";
import { type Caller, callerKey } from "../caller.ts";
import type { Finder } from "../finder.ts";
import type { FindTrace } from "./find-trace.ts";

/** A finder whose requests have a span each, below that of the find they are made for. Where that has none, it does nothing. */
export class TracedFinder implements Finder {
  readonly name: string;
  readonly weight: number;
  readonly #finder: Finder;

  constructor(finder: Finder) {
    this.name = finder.name;
    this.weight = finder.weight;
    this.#finder = finder;
  }

  find(ctx: Context, resource: string): Promise<boolean> {
    const caller = ctx.value(callerKey);
    if (caller?.trace === undefined) return this.#finder.find(ctx, resource);
    return this.#traced(ctx, resource, caller, caller.trace);
  }

  async #traced(ctx: Context, resource: string, caller: Caller, trace: FindTrace): Promise<boolean> {
    const ask = trace.ask(this.name);
    const headers = { ...caller.headers, ...ask.headers };
    try {
      const found = await this.#finder.find(withValue(ctx, callerKey, { ...caller, headers }), resource);
      ask.answered(found);
      return found;
    } catch (error) {
      if (ctx.err === undefined) ask.failed(error);
      else ask.cancelled(ctx.cause);
      throw error;
    }
  }
}
