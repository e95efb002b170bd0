import { Chan, sleep } from "@conc/chan";
import { go } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { explore, settled, virtualTime } from "../src/index.ts";

async function program(): Promise<void> {
  const ch = new Chan<number>();
  const log: string[] = [];
  const task = go(async () => {
    log.push(`got ${(await ch.recv()).value}`);
    await sleep(10);
    log.push("slept");
  });
  await ch.send(1);
  await settled();
  expect(log).toEqual(["got 1"]);
  await task;
}

describe("settled", () => {
  it("resolves when all other tasks wait, and does not move the time", () => virtualTime(program));

  it("means the same in every order of events", () => explore(program, { schedules: 200, seed: 1 }));

  it("resolves after timers of the present time, before later ones", () =>
    virtualTime(async () => {
      const log: string[] = [];
      void go(() => sleep(10).then(() => log.push("10")));
      void go(() => sleep(11).then(() => log.push("11")));
      await sleep(10);
      await settled();
      expect(log).toEqual(["10"]);
    }));

  it("outside of virtual time resolves when everything that can run now has run", async () => {
    const ch = new Chan<number>();
    const log: unknown[] = [];
    void go(async () => log.push((await ch.recv()).value));
    void go(() => ch.send(1));
    await settled();
    expect(log).toEqual([1]);
  });
});
