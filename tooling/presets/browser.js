import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { launchOptions } from "./chromium.js";

export const everywhere = { include: ["test/**/*.test.ts"], exclude: ["test/**/*.node.test.ts"] };

// What the environment may say. By default a page draws fewer programs than Node does.
const defaults = { CONC_MODEL_RUNS: "2000" };
const fromOutside = Object.fromEntries(
  ["CONC_SEED", "CONC_MODEL_RUNS"].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  ),
);

export function browser(test = {}, settings = {}) {
  return defineConfig({
    define: { "process.env": JSON.stringify({ ...defaults, ...settings, ...fromOutside }) },
    test: {
      include: ["test/browser/**/*.test.ts"],
      reporters: ["default", ["json", { outputFile: ".vitest/browser.json" }]],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: launchOptions(),
        }),
        instances: [{ browser: "chromium" }],
      },
      ...test,
    },
  });
}
