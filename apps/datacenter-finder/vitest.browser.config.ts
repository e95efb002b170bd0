import { defineConfig } from "vitest/config";

// From Node: a real browser in front of the real service. Everything waits for states, so the time is for a busy machine only.
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    reporters: ["default", ["json", { outputFile: ".vitest/browser.json" }]],
    // A browser at a time: they measure when things happen.
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
