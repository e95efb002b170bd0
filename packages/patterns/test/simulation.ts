/*
 * The Tail at Scale (Dean and Barroso, CACM 56(2), 2013) in virtual time: 100,000 requests, 1,000 a second, to servers whose answers
 * take lognormally distributed times with a slow mode, and ten seconds in which everything takes ten times as long. The hedging is the
 * library's own; only the clock and the servers are made up.
 */
import { sleep } from "@conc/chan";
import { background } from "@conc/context";
import { type Clock, runtime, seeded, type TimerHandle } from "@conc/internal";
import { Budget, type Delay, hedged, percentile } from "../src/index.ts";

/** How a simulation is run. */
export interface Scenario {
  readonly requests: number;
  /** Milliseconds between requests. */
  readonly interval: number;
  readonly brownOut: { readonly from: number; readonly to: number; readonly factor: number };
}

/** What came of a policy: milliseconds, and extra attempts per request. */
export interface Figures {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly extraSteady: number;
  readonly extraBrownOut: number;
  /** Extra attempts, all told. */
  readonly extra: number;
}

export const tailAtScale: Scenario = {
  requests: 100_000,
  interval: 1,
  brownOut: { from: 45_000, to: 55_000, factor: 10 },
};

/** What is compared. A policy is made anew for each run, as it may learn. */
export const policies: Record<string, () => { delay: Delay; budget?: Budget }> = {
  none: () => ({ delay: Number.POSITIVE_INFINITY }),
  redundant: () => ({ delay: 0 }),
  "fixed 25 ms": () => ({ delay: 25 }),
  "adaptive p95": () => ({ delay: adaptive() }),
  "adaptive p95, 5 % budget": () => ({ delay: adaptive(), budget: budget() }),
};

export const burst = 100;
export const ratio = 0.05;
const adaptive = () => percentile(0.95, { initial: 25, window: 10_000 });
const budget = () => new Budget({ ratio, burst });

/** Runs a policy through a scenario. The figures are of requests sent in steady time, but for `extraBrownOut`. */
export async function simulate(
  policy: { delay: Delay; budget?: Budget },
  scenario: Scenario,
  seed = 1,
): Promise<Figures> {
  const { requests, interval, brownOut } = scenario;
  const clock = runtime.clock as VirtualClock;
  const begin = clock.now();
  const latency = latencies(seed);
  const isBrownOut = (at: number) => at >= brownOut.from && at < brownOut.to;
  const took: number[] = [];
  const extra = { steady: 0, brownOut: 0 };
  const servers = ["first", "second"];

  const request = async (at: number) => {
    const { attempts } = await hedged(
      background(),
      servers,
      (ctx) => sleep(latency() * (isBrownOut(clock.now() - begin) ? brownOut.factor : 1), ctx),
      policy,
    );
    extra[isBrownOut(at) ? "brownOut" : "steady"] += attempts - 1;
    if (!isBrownOut(at)) took.push(clock.now() - begin - at);
  };

  const calls: Promise<void>[] = [];
  const arrive = (n: number) => {
    calls.push(request(n * interval));
    if (n + 1 < requests) clock.setTimer(() => arrive(n + 1), interval);
  };
  arrive(0);
  await clock.run();
  await Promise.all(calls);

  took.sort((a, b) => a - b);
  const quantile = (q: number) => took[Math.floor(q * (took.length - 1))] as number;
  const inBrownOut = requests - took.length;
  return {
    p50: quantile(0.5),
    p99: quantile(0.99),
    p999: quantile(0.999),
    extraSteady: extra.steady / took.length,
    extraBrownOut: inBrownOut === 0 ? 0 : extra.brownOut / inBrownOut,
    extra: extra.steady + extra.brownOut,
  };
}

// Nineteen of twenty around 10 ms, one around 100 ms; the spread is that of a factor 1.5 (one standard deviation) either way.
function latencies(seed: number): () => number {
  const choose = seeded(seed);
  const uniform = () => (choose(2 ** 30) + 0.5) / 2 ** 30;
  return () => {
    const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const median = uniform() < 0.05 ? 100 : 10;
    return median * Math.exp(Math.log(1.5) * normal);
  };
}

interface Entry extends TimerHandle {
  readonly due: number;
  readonly order: number;
  fn: (() => void) | undefined;
}

/** A clock for many timers: a binary heap, and between two of them only the microtasks that the first has caused. */
export class VirtualClock implements Clock {
  readonly #heap: Entry[] = [];
  #now = 0;
  #order = 0;

  now(): number {
    return this.#now;
  }

  date(): number {
    return this.#now;
  }

  setTimer(fn: () => void, ms: number): TimerHandle {
    const entry: Entry = {
      due: this.#now + Math.max(0, ms),
      order: this.#order++,
      fn,
      clear: () => {
        entry.fn = undefined;
      },
    };
    this.#push(entry);
    return entry;
  }

  macrotask(fn: () => void): void {
    setImmediate(fn);
  }

  /** Fires timers until there are none. */
  async run(): Promise<void> {
    for (let entry = this.#pop(); entry !== undefined; entry = this.#pop()) {
      if (entry.fn === undefined) continue;
      this.#now = entry.due;
      entry.fn();
      // As many as the longest chain of reactions of a request takes.
      for (let i = 0; i < 8; i++) await undefined;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, heap[parent] as Entry)) break;
      heap[at] = heap[parent] as Entry;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
      if (!before(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

/** Runs `fn` in virtual time. */
export async function inVirtualTime<T>(fn: () => Promise<T>): Promise<T> {
  const { clock } = runtime;
  const { budget: turn } = runtime.turn;
  runtime.clock = new VirtualClock();
  runtime.turn.budget = Number.POSITIVE_INFINITY;
  try {
    return await fn();
  } finally {
    runtime.clock = clock;
    runtime.turn.budget = turn;
  }
}
