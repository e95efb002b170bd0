import { defineConfig } from "vitest/config";

export function node(test = {}) {
  return defineConfig({
    test: {
      include: ["test/**/*.test.ts"],
      reporters: ["default", ["json", { outputFile: ".vitest/results.json" }]],
      ...test,
    },
  });
}
