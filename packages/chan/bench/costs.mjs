/** What waiting, leaving and taking turns cost; ours only. */
import { after, Chan, recv, select } from "../dist/index.js";
import { interleaved, median } from "./measure.mjs";

const runtime = globalThis[Symbol.for("@conc/runtime")];

async function spsc(capacity, messages) {
  const ch = new Chan(capacity);
  const produce = async () => {
    for (let i = 0; i < messages; i++) await ch.send(i);
  };
  const consume = async () => {
    for (let i = 0; i < messages; i++) await ch.recv();
  };
  await Promise.all([produce(), consume()]);
}

/** The same traffic with turns of 10 ms and without any. */
export async function turns(messages, rounds) {
  const { budget } = runtime.turn;
  const under = (ms) => async () => {
    runtime.turn.budget = ms;
    await spsc(0, messages);
    runtime.turn.budget = budget;
  };
  const [withTurns, without] = await interleaved([under(10), under(Number.POSITIVE_INFINITY)], messages, rounds);
  return { withTurns, without, ratio: withTurns / without };
}

/** One receive, and one select of two cases, from channels that are ready; and the floor of one await. */
export async function ready(messages, rounds) {
  const full = () => {
    const ch = new Chan(messages);
    for (let i = 0; i < messages; i++) ch.trySend(i);
    return ch;
  };
  const [receive, selecting, tries] = await interleaved(
    [
      async () => {
        const ch = full();
        for (let i = 0; i < messages; i++) await ch.recv();
      },
      async () => {
        const cases = [recv(full()), recv(full())];
        for (let i = 0; i < messages; i++) await select(cases);
      },
      async () => {
        const ch = new Chan(128);
        for (let i = 0; i < messages; i += 128) {
          while (ch.trySend(i));
          while (ch.tryRecv() !== undefined);
        }
      },
    ],
    messages,
    rounds,
  );
  return { receive, select: selecting, ratio: selecting / receive, tries };
}

/**
 * Nanoseconds to cancel one of `waiters` parked receives, in random order. The sources are of the lightest kind, as a context is: an
 * AbortController's own `abort` costs microseconds, and would be all that is seen.
 */
export async function cancelling(waiters, rounds) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const sources = Array.from({ length: waiters }, () => new Source());
    const ch = new Chan();
    const all = sources.map((source) => ch.recv(source).catch(() => {}));
    for (let i = waiters - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [sources[i], sources[j]] = [sources[j], sources[i]];
    }
    const start = process.cpuUsage();
    for (const source of sources) source.cancel();
    const { user, system } = process.cpuUsage(start);
    await Promise.all(all);
    times.push(((user + system) * 1e3) / waiters);
  }
  return median(times);
}

class Source {
  cancelled = false;
  reason = "gone";
  #subscription;

  get [Symbol.for("@conc/cancelSource")]() {
    return this;
  }

  subscribe(subscription) {
    this.#subscription = subscription;
  }

  unsubscribe() {
    this.#subscription = undefined;
  }

  cancel() {
    this.cancelled = true;
    this.#subscription.subscriber.onCancel(this.reason);
  }
}

/** Bytes that `count` waits hold, each. The promises are the caller's and are kept as a caller would. */
export function bytesPerWaiter(kind, count) {
  const ch = new Chan();
  const other = new Chan();
  const make = {
    recv: () => ch.recv(),
    select: () => select([recv(ch), recv(other)]),
    after: () => select([recv(ch), recv(after(3_600_000))]),
  }[kind];
  const promises = new Array(count);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count; i++) promises[i] = make();
  globalThis.gc();
  const bytes = (process.memoryUsage().heapUsed - before) / count;
  ch.close();
  return { bytes, promises };
}
