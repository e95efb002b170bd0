/**
 * A small seeded source of whole numbers from 0 to n - 1: mulberry32, a public-domain generator by Tommy Ettinger, good enough to draw
 * programs and schedules. The same seed gives the same numbers on every machine.
 */
export function seeded(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}
