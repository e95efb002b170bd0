import { sleep } from "@conc/chan";
import { background, type Context, withTimeout } from "@conc/context";
import { stateOf } from "@conc/internal/testkit";
import { describe, expect, it } from "vitest";
import { hedged } from "../src/index.ts";
import { useWorld } from "./world.ts";

const world = useWorld();

interface Server {
  readonly name: string;
  readonly ms: number;
  readonly fails?: boolean;
}

const fleet: Server[] = [
  { name: "SBG", ms: 100 },
  { name: "GRA", ms: 200 },
  { name: "BHS", ms: 300 },
];

async function ask(ctx: Context, { name, ms, fails }: Server): Promise<string> {
  world.note(`${name} asked`);
  await sleep(ms, ctx).catch((error) => {
    world.note(`${name} cancelled`);
    throw error;
  });
  world.note(`${name} ${fails ? "failed" : "answered"}`);
  if (fails) throw new Error(`${name} is broken`);
  return name;
}

describe("a fixed delay", () => {
  it("SBG is asked, GRA 75 ms later, SBG's answer at 100 ms ends it, BHS is never asked", async () => {
    const winner = await world.settled(hedged(background(), fleet, ask, { delay: 75 }));
    expect(winner).toMatchObject({ target: fleet[0], index: 0, value: "SBG", attempts: 2 });
    expect(world.log).toEqual(["0 SBG asked", "75 GRA asked", "100 SBG answered", "100 GRA cancelled"]);
  });

  it("sends nothing more than the first if the answer comes in time", async () => {
    const winner = await world.settled(hedged(background(), fleet, ask, { delay: 101 }));
    expect(winner.attempts).toBe(1);
    expect(world.log).toEqual(["0 SBG asked", "100 SBG answered"]);
  });

  it("goes on to the next target after each further delay", async () => {
    const slow = [900, 800, 700].map((ms) => ({ name: `${ms}`, ms }));
    const winner = await world.settled(hedged(background(), slow, ask, { delay: 75 }));
    expect(winner).toMatchObject({ value: "700", attempts: 3 });
    expect(world.log.slice(0, 4)).toEqual(["0 900 asked", "75 800 asked", "150 700 asked", "850 700 answered"]);
  });

  it("a failure sends the next attempt at once, and the delay begins anew", async () => {
    const servers = [{ name: "DCError", ms: 10, fails: true }, { name: "slow", ms: 500 }, ...fleet];
    const winner = await world.settled(hedged(background(), servers, ask, { delay: 75 }));
    expect(winner).toMatchObject({ value: "SBG", attempts: 4 });
    expect(world.log).toEqual([
      "0 DCError asked",
      "10 DCError failed",
      "10 slow asked",
      "85 SBG asked",
      "160 GRA asked",
      "185 SBG answered",
      "185 slow cancelled",
      "185 GRA cancelled",
    ]);
  });

  it("an answer that is not accepted sends the next attempt at once", async () => {
    const winner = await world.settled(
      hedged(background(), fleet, ask, { delay: 5_000, accept: (name) => name !== "SBG" }),
    );
    expect(winner).toMatchObject({ value: "GRA", attempts: 2 });
    expect(world.log).toEqual(["0 SBG asked", "100 SBG answered", "100 GRA asked", "300 GRA answered"]);
  });

  it("Infinity: the next one is asked only after a failure", async () => {
    const servers = [{ name: "DCError", ms: 10, fails: true }, ...fleet];
    const winner = await world.settled(hedged(background(), servers, ask, { delay: Number.POSITIVE_INFINITY }));
    expect(winner).toMatchObject({ value: "SBG", attempts: 2 });
    expect(world.log.slice(2)).toEqual(["10 SBG asked", "110 SBG answered"]);
  });

  it("0: all are asked at once", async () => {
    await world.settled(hedged(background(), fleet, ask, { delay: 0 }));
    expect(world.log.slice(0, 3)).toEqual(["0 SBG asked", "0 GRA asked", "0 BHS asked"]);
  });

  it("when every target has failed, rejects with all errors in target order", async () => {
    const broken = [50, 60, 10].map((ms) => ({ name: `${ms}`, ms, fails: true }));
    const call = world.settled(hedged(background(), broken, ask, { delay: 20 }));
    await expect(call).rejects.toMatchObject({
      errors: [{ message: "50 is broken" }, { message: "60 is broken" }, { message: "10 is broken" }],
    });
    expect(world.log.slice(0, 3)).toEqual(["0 50 asked", "20 60 asked", "40 10 asked"]);
  });

  it("the caller's deadline covers all attempts", async () => {
    const ctx = withTimeout(background(), 90);
    const reason = await world.settled(hedged(ctx, fleet, ask, { delay: 75 })).catch((error) => error);
    expect(reason).toBe(ctx.err);
    expect(reason.name).toBe("TimeoutError");
    expect(world.log).toEqual(["0 SBG asked", "75 GRA asked", "90 SBG cancelled", "90 GRA cancelled"]);
  });

  it("a cancel while the delay runs takes its timer back", async () => {
    const ctx = withTimeout(background(), 50);
    const call = hedged(ctx, fleet, ask, { delay: 75 });
    const state = stateOf(call);
    expect(world.clock.timers).toBe(3);
    ctx.cancel();
    expect(world.clock.timers).toBe(0);
    await state;
    await expect(call).rejects.toBe(ctx.err);
  });
});

describe("bad arguments reject, and name the argument", () => {
  it.each([Number.NaN, "5", undefined])("delay %s", async (delay) => {
    const call = hedged(background(), fleet, ask, { delay: delay as number });
    await expect(call).rejects.toThrow(/^delay: expected a number of milliseconds, got /);
    expect(world.log).toEqual([]);
  });

  it("no targets", async () => {
    await expect(hedged(background(), [] as Server[], ask, { delay: 1 })).rejects.toThrow("targets: expected at least");
  });
});
