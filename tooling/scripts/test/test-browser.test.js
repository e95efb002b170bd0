import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../test-browser.mjs", import.meta.url));
// A machine on which there is no file at all, and so no browser.
const bare = `data:text/javascript,
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  fs.existsSync = () => false;
  syncBuiltinESMExports();
`;

function run(env) {
  const { CHROMIUM: _, CI: __, ...rest } = process.env;
  return spawnSync(process.execPath, ["--import", bare, script], { env: { ...rest, ...env }, encoding: "utf8" });
}

const howToInstall = "apt-get update && apt-get install -y --no-install-recommends chromium";

test("a laptop without a browser leaves the browser tests out, and says so and what would run them", () => {
  const { status, stdout, stderr } = run({});
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^browser tests left out: /);
  expect(stdout).toContain(howToInstall);
});

test("CI without a browser fails, with the line that installs one", () => {
  const { status, stdout, stderr } = run({ CI: "true" });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(howToInstall);
});

test("a browser that is named and not there is a mistake, on a laptop too", () => {
  const { status, stderr } = run({ CHROMIUM: "/no/such/browser" });
  expect(status).toBe(1);
  expect(stderr).toContain("CHROMIUM: expected the path of a Chromium, got /no/such/browser");
});
