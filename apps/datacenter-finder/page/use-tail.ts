import { useRef, useState } from "preact/hooks";
import type { TailResult } from "../src/tail/tail-result.ts";
import { eventsOf } from "./events-of.ts";

export interface Tail {
  readonly state: "idle" | "running" | "done" | "failed";
  readonly results: readonly TailResult[];
  readonly problem?: string;
}

/** The tail of each strategy, as the service measures it. `run` again stops what runs. */
export function useTail(): { tail: Tail; run: (finds: string) => Promise<void>; stop: () => void } {
  const [tail, setTail] = useState<Tail>({ state: "idle", results: [] });
  const current = useRef<AbortController | undefined>(undefined);

  const stop = () => {
    current.current?.abort();
    current.current = undefined;
    setTail((tail) => (tail.state === "running" ? { ...tail, state: "idle" } : tail));
  };

  const run = async (finds: string) => {
    stop();
    const mine = new AbortController();
    current.current = mine;
    setTail({ state: "running", results: [] });
    try {
      for await (const { type, data } of eventsOf(
        `/v1/tail/events?finds=${encodeURIComponent(finds)}`,
        "end",
        mine.signal,
      )) {
        if (type === "tail") setTail((tail) => ({ ...tail, results: [...tail.results, data as TailResult] }));
      }
      setTail((tail) => ({ ...tail, state: "done" }));
    } catch (error) {
      if (mine.signal.aborted) return;
      setTail((tail) => ({ ...tail, state: "failed", problem: (error as Error).message }));
    }
  };

  return { tail, run, stop };
}
