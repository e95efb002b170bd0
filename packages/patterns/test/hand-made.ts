import { never } from "@conc/chan";
import type { Context } from "@conc/context";
import { countListeners } from "@conc/internal/testkit";

/** A context of another make, so that what holds on to it can be counted; and how to end it. */
export function handMade(): { ctx: Context; listeners: { readonly now: number }; end(reason: unknown): void } {
  const controller = new AbortController();
  const { signal } = controller;
  const ctx: Context = {
    signal,
    done: never,
    get err() {
      return signal.aborted ? (signal.reason as Error) : undefined;
    },
    get cause() {
      return ctx.err;
    },
    deadline: undefined,
    value: () => undefined,
  };
  return { ctx, listeners: countListeners(signal), end: (reason) => controller.abort(reason) };
}
