import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { bundle } from "../suites/testing/seam.mjs";

const folder = mkdtempSync(join(os.tmpdir(), "conc-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function built(name, seams) {
  const file = join(folder, name);
  await bundle(file, { seams });
  return readFileSync(file, "utf8");
}

const seam = /runtime2?\.(?:observer|controller)/;

it("cuts every seam out of one build, and none out of the other", async () => {
  expect(await built("with.mjs", true)).toMatch(seam);
  expect(await built("without.mjs", false)).not.toMatch(seam);
});
