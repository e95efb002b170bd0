import { defineConfig } from "vitest/config";

export function node(test = {}) {
  checkLine();
  return defineConfig({
    test: {
      include: ["test/**/*.test.ts"],
      exclude: ["test/browser/**"],
      reporters: ["default", ["json", { outputFile: ".vitest/results.json" }]],
      ...test,
    },
  });
}

// The matrix says which line of Node it means to test: a run on another one would pass for nothing.
function checkLine() {
  const line = process.env.CONC_NODE;
  if (line !== undefined && line !== process.versions.node.split(".")[0]) {
    throw new Error(`CONC_NODE: expected Node ${line}, got ${process.version}`);
  }
}
