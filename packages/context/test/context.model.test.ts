import { expect, it } from "vitest";
import * as src from "../src/index.ts";
import { wrong } from "./model/check.ts";
import { program } from "./model/program.ts";

it("random trees of contexts end as the specification says: who, with which error and cause, in which order", async () => {
  expect(await wrong(program, [src])).toBeUndefined();
}, 120_000);
