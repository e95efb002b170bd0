import { afterEach, describe, expect, it } from "vitest";
import { explore } from "../src/index.ts";
import { failureOf, lostUpdate, threeTasks } from "./support/bodies.ts";

describe("CONC_SEED", () => {
  afterEach(() => {
    delete process.env["CONC_SEED"];
  });

  it("seeds the exploration if it is a number", async () => {
    process.env["CONC_SEED"] = "42";
    expect((await explore(threeTasks, { schedules: 1 })).seed).toBe(42);
  });

  it("runs one schedule alone if it names one", async () => {
    const { schedule, seed } = await failureOf(lostUpdate);
    for (const name of [schedule, seed ?? "none"]) {
      process.env["CONC_SEED"] = name;
      const error = await failureOf(lostUpdate);
      expect(error.exploration?.schedules).toBe(1);
      expect(error.schedule).toBe("schedule-01");
    }
  });

  it("throws if it names none", async () => {
    process.env["CONC_SEED"] = "pot luck";
    await expect(explore(() => {})).rejects.toThrow(/^CONC_SEED: expected a number, or a schedule/);
  });
});
