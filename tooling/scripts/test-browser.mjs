/*
 * Runs the browser tests in the machine's own Chromium. CI must have one; elsewhere the tests are left out, with a notice,
 * when there is none.
 */
import { chromium, howToInstall } from "@conc/presets/chromium";
import { test } from "./tests.mjs";

if (chromium() !== undefined) process.exitCode = test("test:browser", process.argv.slice(2));
else if (process.env.CI) throw new Error(howToInstall);
else console.log(`browser tests left out: ${howToInstall}`);
