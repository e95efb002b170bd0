import { defineConfig } from "vitest/config";

// From Node: a real browser in front of the real service. Everything waits for states, so the time is for a busy machine only.
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    reporters: ["default", ["json", { outputFile: ".vitest/browser.json" }]],
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
