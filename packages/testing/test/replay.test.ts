import { Chan, recv, select, sleep } from "@conc/chan";
import { go, Mutex } from "@conc/sync";
import { describe, expect, it } from "vitest";
import { type ExplorationError, explore, interleave, replay } from "../src/index.ts";

async function busy(): Promise<string> {
  const mu = new Mutex({ name: "mu" });
  const [a, b] = [new Chan<string>(1), new Chan<string>(1)];
  let log = "";
  const task = (name: string, ch: Chan<string>) =>
    go(async () => {
      const held = await mu.lock();
      log += name;
      await interleave();
      held.unlock();
      await ch.send(name);
      await sleep(1);
    });
  const tasks = [task("a", a), task("b", b)];
  log += await select([recv(a, (r) => r.value), recv(b, (r) => r.value)]);
  await Promise.all(tasks);
  return log;
}

describe("a replay", () => {
  it("takes the same steps every time", async () => {
    for (const schedule of [1, "random-7", "pct-3-12-5", "schedule-1201"]) {
      const first = await replay(schedule, busy);
      for (let i = 0; i < 5; i++) expect(await replay(schedule, busy)).toEqual(first);
      expect(first.trace.length).toBeGreaterThan(8);
    }
  });

  it("takes the same steps on every machine and every line of Node", async () => {
    const tasks = async (schedule: string | number) =>
      (await replay(schedule, busy)).trace.map((line) => line.trim().split(/ {2,}/)[1]);
    expect((await tasks(1)).join(", ")).toBe(
      "main, task 0.1, task 0.2, task 0.1, task 0.1, main, task 0.2, task 0.2, task 0.1, task 0.2, timer, timer, task 0.1, task 0.2",
    );
    expect((await tasks("pct-3-12-5")).join(", ")).toBe(
      "main, task 0.2, task 0.2, task 0.2, task 0.2, main, task 0.1, task 0.1, task 0.1, task 0.1, timer, timer, task 0.2, task 0.1",
    );
  });

  it("fails as the schedule failed that was found, under its seed and under the shrunk schedule", async () => {
    const body = async () => expect(await busy()).not.toMatch(/^ba/);
    const found = (await explore(body, { seed: 1 }).catch((error: unknown) => error)) as ExplorationError;
    for (const schedule of [found.schedule, found.seed as string]) {
      const again = (await replay(schedule, body).catch((error: unknown) => error)) as ExplorationError;
      expect(again).toMatchObject({ kind: "error", cause: { message: (found.cause as Error).message } });
    }
  });

  it("tells its steps, the value, and whether the program still is the one of the schedule", async () => {
    const value = await replay("schedule-", async () => {
      await interleave();
      return 42;
    });
    expect(value).toEqual({
      value: 42,
      trace: ["1  main  starts", expect.stringMatching(/^2 {2}main {2}goes on after interleave \(.*replay\.test\.ts/)],
      exact: true,
    });
    expect((await replay("schedule-01", () => {})).exact).toBe(false);
  });

  it("knows from the schedule that timers came in any order", async () => {
    const body = async () => {
      let first = "";
      await Promise.all([sleep(10).then(() => (first ||= "10")), sleep(20).then(() => (first ||= "20"))]);
      expect(first).toBe("10");
    };
    const found = (await explore(body, { timers: "any-order", seed: 1 }).catch(
      (error: unknown) => error,
    )) as ExplorationError;
    expect(found.schedule).toMatch(/^any-order-schedule-/);
    await expect(replay(found.schedule, body)).rejects.toThrow("expected '20' to be '10'");
    await expect(replay(found.seed as string, body)).rejects.toThrow("expected '20' to be '10'");
  });

  it("rejects what is no schedule", async () => {
    await expect(replay("schedule-!", () => {})).rejects.toThrow(RangeError);
    await expect(replay("", () => {})).rejects.toThrow(RangeError);
    await expect(replay(1, undefined as never)).rejects.toThrow(TypeError);
  });
});
