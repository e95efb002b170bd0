import { expect, it } from "vitest";
import { Chan } from "../../src/index.ts";

it("serves a timer while two tasks play ping-pong", async () => {
  const ping = new Chan<number>();
  const pong = new Chan<number>();

  async function returnBalls(): Promise<void> {
    for await (const ball of ping) await pong.send(ball + 1);
  }

  const returning = returnBalls();
  let served = false;
  setTimeout(() => {
    served = true;
  }, 1);

  // They never leave the microtask queue by themselves: without turns the timer would never come, and the rounds would run out.
  const enough = 5_000_000;
  let rounds = 0;
  while (!served && rounds < enough) {
    await ping.send(rounds);
    await pong.recv();
    rounds++;
  }
  ping.close();
  await returning;

  expect(served).toBe(true);
  // What held them back was the turn, not each round.
  expect(rounds).toBeGreaterThan(1_000);
});
