import { expect, it } from "vitest";
import { siteOf } from "../src/site.ts";

it("a line of the program is told relative to where the process runs", () => {
  expect(siteOf(new Error("here"))?.at).toMatch(/^test\/site\.node\.test\.ts:\d+:\d+$/);
  const error = Object.assign(new Error("elsewhere"), { stack: "Error\n    at /elsewhere/a.ts:3:4" });
  expect(siteOf(error)?.at).toBe("/elsewhere/a.ts:3:4");
});
