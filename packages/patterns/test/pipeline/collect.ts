import type { ReceiveChan } from "@conc/chan";

/** Everything that comes out, and what it was closed with, if with something. */
export async function collect<T>(ch: AsyncIterable<T>): Promise<{ values: T[]; cause?: unknown }> {
  const values: T[] = [];
  try {
    for await (const value of ch) values.push(value);
  } catch (cause) {
    return { values, cause };
  }
  return { values };
}

/** Leaves a loop over `ch` after `n` values, which it gives. */
export async function take<T>(ch: ReceiveChan<T>, n: number): Promise<T[]> {
  const values: T[] = [];
  for await (const value of ch) {
    values.push(value);
    if (values.length === n) break;
  }
  return values;
}

/** 0, 1, 2 ..., up to `n`, and how far it was asked. */
export function counter(n = Number.POSITIVE_INFINITY) {
  const source = {
    asked: 0,
    ended: false,
    *[Symbol.iterator]() {
      try {
        while (source.asked < n) yield source.asked++;
      } finally {
        source.ended = true;
      }
    },
  };
  return source;
}
