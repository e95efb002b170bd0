import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { DayOptions } from "./events.ts";

/** People who come together, and what they will do. Durations are milliseconds of the shop. */
export interface Party {
  /** How long after the one before they come. */
  readonly gap: number;
  readonly who: string;
  /** How many they are; each of them wants one chocolatine. */
  readonly size: number;
  /** How long they look at what there is. */
  readonly choosing: number;
  /** How long they take to pay, and to find the door. */
  readonly paying: number;
}

/** All customers come within about half an hour, however many they are. */
const rush = 30 * 60_000;

/** Everybody who will come that day, in order. The same options and seed give the same crowd, whatever the door is. */
export function* crowd({ customers, presidentAfter, seed }: DayOptions): Generator<Party, void, void> {
  const random = xoroshiro128plus(seed);
  const between = (low: number, high: number) => uniformInt(random, low, high);
  const president = (): Party => ({
    gap: 0,
    who: "President",
    size: 3,
    choosing: between(60_000, 90_000),
    paying: between(20_000, 30_000),
  });

  if (presidentAfter === 0) yield president();
  for (let n = 1; n <= customers; n++) {
    // Few at first and few at the end, three times as many in the middle.
    const pace = 0.5 + Math.abs(1 - (2 * n) / customers);
    yield {
      gap: between(0, Math.round((2 * pace * rush) / customers)),
      who: `#${n}`,
      size: 1,
      choosing: between(15_000, 35_000),
      paying: between(8_000, 26_000),
    };
    if (n === presidentAfter) yield president();
  }
}
