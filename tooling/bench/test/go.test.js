import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { goPrograms, goSamples } from "../src/go.mjs";
import { suiteNames, suiteOf } from "../src/suites.mjs";

const there = spawnSync("go", ["version"]).status === 0;

it("has the programs that the scenarios name, and no others; or says why there are none", async () => {
  const suites = await Promise.all(suiteNames().map((name) => suiteOf(name)));
  const named = new Set(suites.flatMap(({ scenarios }) => scenarios.flatMap(({ go = {} }) => Object.values(go))));
  const { samples = [], missing } = goSamples("chan spsc 0", 512, 3);
  expect({ programs: new Set(goPrograms()), figures: samples.length, missing }).toEqual(
    there
      ? { programs: named, figures: 3, missing: undefined }
      : { programs: new Set(), figures: 0, missing: "go is not on the PATH" },
  );
});
