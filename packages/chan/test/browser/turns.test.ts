import { expect, it } from "vitest";
import { Chan } from "../../src/index.ts";

it("serves a timer within 50 ms while two tasks play ping-pong", async () => {
  const ping = new Chan<number>();
  const pong = new Chan<number>();

  async function returnBalls(): Promise<void> {
    for await (const ball of ping) await pong.send(ball + 1);
  }

  const returning = returnBalls();
  const begin = performance.now();
  let servedAfter: number | undefined;
  setTimeout(() => {
    servedAfter = performance.now() - begin;
  }, 1);

  let rounds = 0;
  while (performance.now() - begin < 100) {
    await ping.send(rounds);
    await pong.recv();
    rounds++;
  }
  ping.close();
  await returning;

  expect(servedAfter).toBeLessThan(50);
  // They did saturate the page: what held them back was the turn, not each round.
  expect(rounds).toBeGreaterThan(1_000);
});
