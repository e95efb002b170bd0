import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromium, howToInstall } from "./chromium.js";

export function browser(test = {}) {
  const executablePath = chromium();
  if (executablePath === undefined) throw new Error(howToInstall);
  return defineConfig({
    test: {
      include: ["test/browser/**/*.test.ts"],
      reporters: ["default", ["json", { outputFile: ".vitest/browser.json" }]],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            executablePath,
            // No sandbox: containers run as root. The rest keeps the browser from doing anything but the tests.
            args: [
              "--no-sandbox",
              "--disable-gpu",
              "--disable-quic",
              "--no-first-run",
              "--disable-background-networking",
              "--disable-component-update",
              "--disable-sync",
            ],
          },
        }),
        instances: [{ browser: "chromium" }],
      },
      ...test,
    },
  });
}
