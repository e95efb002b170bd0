import { after, Chan, recv, select, sleep } from "@conc/chan";
import { go, Mutex, WaitGroup } from "@conc/sync";
import { describe, expect, it } from "vitest";
import {
  DeadlockError,
  type ExplorationError,
  explore,
  interleave,
  LeakError,
  replay,
  verifyNone,
  virtualTime,
} from "../../src/index.ts";

async function lostUpdate(): Promise<void> {
  let count = 0;
  const wg = new WaitGroup();
  for (let i = 0; i < 2; i++) {
    wg.go(async function increment() {
      const read = count;
      await interleave();
      count = read + 1;
    });
  }
  await wg.wait();
  if (count !== 2) throw new Error(`lost update: ${count}`);
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("in a browser", () => {
  it("an exploration finds the schedule that fails, says where it leads through, and replays it", async () => {
    const error = (await failureOf(explore(lostUpdate, { seed: 1 }))) as ExplorationError;
    expect(error).toMatchObject({ kind: "error", schedule: "schedule-01", cause: { message: "lost update: 1" } });
    expect(error.message).toMatch(/increment 2 {2}goes on after interleave \(.*explore\.test\.ts.*:\d+:\d+\)/);
    await expect(replay(error.schedule, lostUpdate)).rejects.toThrow("lost update: 1");
  });

  it("an exhaustive exploration proves the correct program", async () => {
    const correct = async () => {
      const mu = new Mutex();
      let inside = 0;
      const work = () =>
        mu.runExclusive(async () => {
          inside++;
          await interleave();
          return inside--;
        });
      return Promise.all([work(), work()]);
    };
    const { complete, outcomes } = await explore(correct, { strategy: "exhaustive" });
    expect([complete, [...outcomes.keys()]]).toEqual([true, ["[1,1]"]]);
  });

  it("an hour of sleep costs nothing", async () => {
    const begin = performance.now();
    await virtualTime(() => sleep(3_600_000));
    expect(performance.now() - begin).toBeLessThan(1000);
  });

  it("a deadlock is told from a wait for the platform", async () => {
    expect(await failureOf(virtualTime(() => new Chan().recv()))).toBeInstanceOf(DeadlockError);
    const text = await virtualTime(async () => (await fetch("data:,hello")).text());
    expect(text).toBe("hello");
  });

  it("what comes from the platform may take its time", async () => {
    const text = await virtualTime(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return "200 ms later";
    });
    expect(text).toBe("200 ms later");
  });

  it("but time does not stand still for it: what is under way a page does not tell", async () => {
    const first = await virtualTime(async () => {
      const answer = new Chan<string>(1);
      void fetch("data:,hello").then(async (response) => answer.send(await response.text()));
      return select([recv(answer, (r) => r.value), recv(after(60_000), () => "a minute went by")]);
    });
    expect(first).toBe("a minute went by");
  });

  it("a task's error that nobody handles is the schedule's failure, and not the page's", async () => {
    const error = new Error("unheard");
    const body = async () => {
      void go(() => {
        throw error;
      });
      await sleep(1);
    };
    expect(await failureOf(virtualTime(body))).toBe(error);
  });

  it("a leak is found", async () => {
    expect(await failureOf(verifyNone(() => void new Chan().recv()))).toBeInstanceOf(LeakError);
  });
});
