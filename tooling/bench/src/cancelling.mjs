import { processorTime } from "./measure.mjs";
import { shuffled } from "./statistics.mjs";

// The clock needs as much.
const leastCancels = 10_000;

/** A source of the lightest kind, as a context is: an AbortController's `abort` costs microseconds, and would be all that is seen. */
export class Source {
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

/*
 * A way to wait gives, for a number of waiters, what cancels each of them, and a promise of the end of each.
 */

/** Waits by `wait(source)`, under a source each. */
export function bySource(wait, waiters) {
  const sources = Array.from({ length: waiters }, () => new Source());
  const ended = sources.map((source) => wait(source).catch(noop));
  return { cancels: sources.map((source) => () => source.cancel()), ended };
}

/** Waits by `wait(signal)`, under an AbortController each. */
export function bySignal(wait, waiters) {
  const controllers = Array.from({ length: waiters }, () => new AbortController());
  const ended = controllers.map((one) => wait(one.signal).catch(noop));
  return { cancels: controllers.map((one) => () => one.abort("gone")), ended };
}

/** As many promises that are rejected: the least that a cancelled wait can be. */
export function byPromise(waiters) {
  const cancels = [];
  const ended = Array.from({ length: waiters }, () =>
    new Promise((_, reject) => {
      cancels.push(() => reject("gone"));
    }).catch(noop),
  );
  return { cancels, ended };
}

/** As many AbortControllers with a listener each, and nobody who waits: what the platform takes for itself. */
export function bySignalAlone(waiters) {
  const controllers = Array.from({ length: waiters }, () => new AbortController());
  for (const { signal } of controllers) signal.addEventListener("abort", noop, { once: true });
  return { cancels: controllers.map((one) => () => one.abort("gone")), ended: [] };
}

/** Nanoseconds to cancel one of so many, in random order: by the calls alone, or until everybody has been told. */
export async function perWaiter(way, waiters, told) {
  let time = 0;
  const times = Math.ceil(leastCancels / waiters);
  for (let i = 0; i < times; i++) {
    const { cancels: inOrder, ended } = way(waiters);
    const cancels = shuffled(inOrder);
    // Who has waited for long is no longer among the young, whom the collector would copy in the middle of it.
    for (let n = 0; n < 2; n++) globalThis.gc({ type: "minor" });
    const start = processorTime();
    for (const cancel of cancels) cancel();
    if (told) await Promise.all(ended);
    time += processorTime() - start;
    await Promise.all(ended);
  }
  return time / times / waiters;
}

function noop() {}

/** Candidates of one way, for each number of waiters. */
export function cancelRows(name, role, way, sizes, told) {
  return sizes.map((waiters) => ({
    name: `${name}, ${waiters.toLocaleString("en")}${told ? ", until told" : ""}`,
    role,
    sample: () => perWaiter(way, waiters, told),
  }));
}
