import { expect, it } from "vitest";
import * as src from "../src/index.ts";
import { wrong } from "./model/check.ts";
import { mixedProgram } from "./model/program.ts";
import { cjs, esm } from "./support/copies.ts";

it("random trees made of three copies of the package and of contexts made by hand end as the specification says", async () => {
  expect(await wrong(mixedProgram, [src, esm, cjs])).toBeUndefined();
}, 120_000);
