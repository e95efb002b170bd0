import { expect, it } from "vitest";
import { chosen, suiteNames, suiteOf } from "../src/suites.mjs";

// Their candidates are found out by trying, or built; the first of those that are built stands for all.
const dear = /^(?:burst 1,|seam (?!chan seq 1$))/;

const suites = await Promise.all(suiteNames().map(async (name) => [name, await suiteOf(name)]));

it.each(suites)("%s: each scenario has a name of its own and says what it measures", (_name, { scenarios }) => {
  expect(new Set(scenarios.map((one) => one.name)).size).toBe(scenarios.length);
  for (const { about } of scenarios) expect(about).not.toBe("");
});

it.each(suites)(
  "%s: ours comes first in every scenario, and no other candidate has its name",
  async (_name, { scenarios }) => {
    for (const scenario of scenarios.filter((one) => !dear.test(one.name))) {
      const candidates = await scenario.candidates({ count: 1, quick: true });
      expect(candidates[0].role, scenario.name).toBe("ours");
      expect(new Set(candidates.map((one) => one.name)).size, scenario.name).toBe(candidates.length);
    }
  },
);

it("a scenario is asked for by how its name begins, and an unknown one is refused", async () => {
  const suite = await suiteOf("chan");
  expect(chosen(suite, ["spsc"]).map((one) => one.name)).toEqual(["spsc 0", "spsc 1", "spsc 128"]);
  expect(chosen(suite, [])).toEqual(suite.scenarios);
  expect(() => chosen(suite, ["spsk"])).toThrow("expected one that begins like");
});
