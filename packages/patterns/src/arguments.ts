import type { ReceiveChan } from "@conc/chan";
import type { Context } from "@conc/context";
import { checkWhole, describe } from "@conc/internal";
import { isContext } from "./is-context.ts";

/** Throws unless `ctx` is a context. */
export function checkContext(ctx: Context): void {
  if (isContext(ctx)) return;
  const hint = isSignal(ctx) ? "; fromSignal(signal) makes a Context of it" : "";
  throw new TypeError(`ctx: expected a Context, got ${describe(ctx)}${hint}`);
}

export function isSignal(value: unknown): value is AbortSignal {
  return typeof (value as Partial<AbortSignal> | null | undefined)?.aborted === "boolean";
}

/** Throws unless `value` is a whole number >= 1, or Infinity for "no limit". */
export function checkLimit(name: string, value: number): void {
  if (value !== Number.POSITIVE_INFINITY) checkWhole(name, value, 1);
}

/** The targets as an array; throws if there are none. */
export function targetsOf<Target>(targets: Iterable<Target>): readonly Target[] {
  if (typeof (targets as Partial<Iterable<Target>> | null | undefined)?.[Symbol.iterator] !== "function") {
    throw new TypeError(`targets: expected an array or another iterable, got ${describe(targets)}`);
  }
  const list = [...targets];
  if (list.length === 0) throw new RangeError("targets: expected at least one, got none");
  return list;
}

/** Throws unless `ch` can be received from. */
export function checkChan(name: string, ch: ReceiveChan<unknown>): void {
  if (typeof (ch as Partial<ReceiveChan<unknown>> | null | undefined)?.recv === "function") return;
  throw new TypeError(`${name}: expected a channel to receive from, got ${describe(ch)}; from(source) makes one`);
}
