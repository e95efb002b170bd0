import { expect, it } from "vitest";
import { files, written } from "../src/page.mjs";

it("the documentation shows the figures that are kept; `pnpm bench --report` writes it anew", () => {
  expect(written()).toEqual(files());
});
