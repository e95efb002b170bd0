/*
 * Invariants:
 * - it has only finds that have come to an answer: found, or not found;
 * - nothing in it is older than `ttl`, and there are at most `most`: those that were asked for last.
 */
import { LRUCache } from "lru-cache";
import type { Served } from "./finds.ts";
import { isAnswer } from "./is-answer.ts";

/** How many finds are kept. */
const most = 1000;

/** What was answered a short time ago, for those who ask for the same again. */
export class ServedCache {
  /** For how many milliseconds an answer is kept. */
  readonly ttl: number;
  readonly #answers: LRUCache<string, Served>;

  constructor(ttl: number, now: () => number = () => performance.now()) {
    this.ttl = ttl;
    this.#answers = new LRUCache({ max: most, ttl, ttlResolution: 0, perf: { now } });
  }

  get size(): number {
    return this.#answers.size;
  }

  /** Whether there is an answer that is still good. */
  has(key: string): boolean {
    return this.#answers.has(key);
  }

  /** An answer that is still good, with its age; undefined if there is none. */
  get(key: string): Served | undefined {
    const served = this.#answers.get(key);
    if (served === undefined) return undefined;
    return { ...served, shared: false, age: this.ttl - this.#answers.getRemainingTTL(key) };
  }

  /** Keeps an answer, if it is one. */
  put(key: string, served: Served): void {
    if (isAnswer(served.report)) this.#answers.set(key, served);
  }
}
