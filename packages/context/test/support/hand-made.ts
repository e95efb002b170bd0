import { Chan } from "@conc/chan";
import type { Context, ContextKey } from "../../src/index.ts";

/** A context that somebody wrote by hand, after the interface, without anything of this package. */
export interface HandMade extends Context {
  /** As its signal's owner would. */
  end(err: Error): void;
}

export function handMade(values: readonly [ContextKey<unknown>, unknown][] = [], deadline?: Date): HandMade {
  const controller = new AbortController();
  const done = new Chan<never>();
  const ctx = {
    signal: controller.signal,
    done,
    deadline,
    err: undefined as Error | undefined,
    cause: undefined as unknown,
    value: <T>(key: ContextKey<T>) => values.find(([own]) => own === key)?.[1] as T | undefined,
    end(err: Error) {
      ctx.err = err;
      ctx.cause = err.cause ?? err;
      done.close();
      controller.abort(err);
    },
  };
  return ctx;
}
