import { expect, it } from "vitest";
import { interleaved } from "../src/measure.mjs";

globalThis.gc ??= () => {};

it("gives a figure a round of each candidate, and runs each once in every round", async () => {
  const order = [];
  const sampling = (name) => ({
    sample: (count) => {
      order.push(name);
      return count;
    },
  });
  expect(await interleaved([sampling("a"), sampling("b")], { count: 3, rounds: 3, warmUps: 1 })).toEqual([
    [3, 3, 3],
    [3, 3, 3],
  ]);
  // Once to warm up, and three rounds.
  const rounds = [0, 2, 4, 6].map((at) => new Set(order.slice(at, at + 2)));
  expect(rounds).toEqual([0, 1, 2, 3].map(() => new Set(["a", "b"])));
});

it("tells the time of one operation", async () => {
  const busy = (operations) => {
    let x = 0;
    for (let i = 0; i < operations * 100; i++) x += Math.sqrt(i);
    return x;
  };
  const [times] = await interleaved([{ run: busy }], { count: 20_000, rounds: 3 });
  expect(times).toHaveLength(3);
  for (const time of times) expect(time).toBeGreaterThan(10);
});

it("lets a candidate do less that would take too long, by whole grains", async () => {
  const counts = [];
  const slow = (count) => {
    counts.push(count);
    const end = process.cpuUsage().user + count * 100;
    while (process.cpuUsage().user < end);
  };
  await interleaved([{ run: slow }], { count: 1_000, grain: 64, rounds: 1, warmUps: 3 });
  const [first, second, ...rest] = counts;
  expect([first, second]).toEqual([1_000, 1_000]);
  for (const count of rest) {
    expect(count).toBeLessThan(1_000);
    expect(count % 64).toBe(0);
  }
});
