/*
 * Loaded before the service, in its process (`node --import`): tells over the process's channel what the service holds. The service itself is the
 * one that is built, and knows nothing of it.
 */
import { writeHeapSnapshot } from "node:v8";
import { type Clock, runtime, type TimerHandle } from "@conc/internal";
import { Watch } from "@conc/internal/testkit";
import type { Answer, Question } from "./held.ts";

/** The clock as it is, counting the timers that are set. Those that do not keep the process alive too, of which Node itself tells nothing. */
class CountingClock implements Clock {
  readonly #clock: Clock;
  readonly #timers = new Set<TimerHandle>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#clock.now();
  }

  date(): number {
    return this.#clock.date();
  }

  macrotask(fn: () => void): void {
    this.#clock.macrotask(fn);
  }

  setTimer(fn: () => void, ms: number, keepAlive: boolean): TimerHandle {
    const timer = this.#clock.setTimer(
      () => {
        this.#timers.delete(handle);
        fn();
      },
      ms,
      keepAlive,
    );
    const handle: TimerHandle = {
      clear: () => {
        this.#timers.delete(handle);
        timer.clear();
      },
    };
    this.#timers.add(handle);
    return handle;
  }
}

let [clock, watch]: [CountingClock?, Watch?] = [];
// Where only time and memory are of interest, nothing else is counted: it costs.
if (process.env.CHAOS_COUNTS !== undefined) {
  clock = new CountingClock(runtime.clock);
  watch = new Watch();
  runtime.clock = clock;
  runtime.observer = watch;
}

function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function heapUsed(): Promise<number> {
  // What the first has finalized only the second can take away.
  for (let i = 0; i < 2; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

async function answer(question: Question): Promise<Answer> {
  switch (question.ask) {
    case "held":
      return { waiting: watch?.waiting ?? 0, timers: clock?.timers ?? 0, resources: resources() };
    case "heap":
      return { heapUsed: await heapUsed() };
    case "usage": {
      const { user, system } = process.cpuUsage();
      return { cpu: (user + system) / 1000, rss: process.memoryUsage().rss };
    }
    case "snapshot":
      return { file: writeHeapSnapshot(question.file) };
  }
}

process.on("message", (question: Question) => {
  void answer(question).then((answered) => process.send?.({ id: question.id, answered }));
});
// Who asks must not keep alive who is asked.
process.channel?.unref();
