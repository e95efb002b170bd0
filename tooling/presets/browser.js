import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { launchOptions } from "./chromium.js";

export function browser(test = {}) {
  return defineConfig({
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
